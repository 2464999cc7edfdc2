import { useState } from 'react';
import { AccountsPanel } from './accounts/AccountsPanel';
import { AccountDrawer } from './account/AccountDrawer';
import { ThresholdPanel } from './charts/ThresholdPanel';
import { TimePanel } from './charts/TimePanel';
import { CoveragePanel } from './coverage/CoveragePanel';
import { EventsPanel } from './events/EventsPanel';
import { ExposureView } from './exposure/ExposureView';
import { Announcer } from './header/Announcer';
import { DemoBar } from './header/DemoBar';
import { FreshnessBanner } from './header/FreshnessBanner';
import { HaltedBanner } from './header/HaltedBanner';
import { TopBar } from './header/TopBar';
import { useValue } from './live/value';
import { linkStatus } from './live/session';
import { useDesk } from './live/store';
import { Standing } from './standing/Standing';
import { usePlace } from './view/usePlace';
import { Waiting } from './Waiting';

/** The one page, in two views: what a risk desk leaves open all day, and what the venue is exposed to. */
export function App() {
  const [account, setAccount] = useState<string | null>(null);
  const known = useDesk((s) => s.venue !== null);
  const { phase } = useValue(linkStatus);
  const { view } = usePlace(known);

  return (
    <>
      {view === 'desk'
        ? <a className="skip" href="#standing">Skip to the venue’s standing</a>
        : <a className="skip" href="#/exposure/greeks">Skip to the exposure</a>}
      <TopBar />
      <DemoBar />
      <HaltedBanner />
      <FreshnessBanner />
      <Announcer />
      {!known
        ? <Waiting />
        : view === 'exposure'
          ? <ExposureView fresh={phase === 'live'} />
          : (
            <main className="desk" data-fresh={phase === 'live'}>
              <Standing />
              <CoveragePanel />
              <ThresholdPanel />
              <TimePanel />
              <EventsPanel onOpen={setAccount} />
              <AccountsPanel onOpen={setAccount} />
            </main>
          )}
      {account !== null && <AccountDrawer key={account} account={account} onClose={() => setAccount(null)} />}
    </>
  );
}
