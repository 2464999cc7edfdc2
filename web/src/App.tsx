import { useState } from 'react';
import { AccountsPanel } from './accounts/AccountsPanel';
import { AccountDrawer } from './account/AccountDrawer';
import { ThresholdPanel } from './charts/ThresholdPanel';
import { TimePanel } from './charts/TimePanel';
import { CoveragePanel } from './coverage/CoveragePanel';
import { EventsPanel } from './events/EventsPanel';
import { Announcer } from './header/Announcer';
import { DemoBar } from './header/DemoBar';
import { FreshnessBanner } from './header/FreshnessBanner';
import { TopBar } from './header/TopBar';
import { useValue } from './live/value';
import { linkStatus } from './live/session';
import { useDesk } from './live/store';
import { Standing } from './standing/Standing';
import { Waiting } from './Waiting';

/** The one page: what a risk desk leaves open all day. */
export function App() {
  const [account, setAccount] = useState<string | null>(null);
  const known = useDesk((s) => s.venue !== null);
  const { phase } = useValue(linkStatus);

  return (
    <>
      <a className="skip" href="#standing">Skip to the venue’s standing</a>
      <TopBar />
      <DemoBar />
      <FreshnessBanner />
      <Announcer />
      {known
        ? (
          <main className="desk" data-fresh={phase === 'live'}>
            <Standing />
            <CoveragePanel />
            <ThresholdPanel />
            <TimePanel />
            <EventsPanel onOpen={setAccount} />
            <AccountsPanel onOpen={setAccount} />
          </main>
        )
        : <Waiting />}
      {account !== null && <AccountDrawer key={account} account={account} onClose={() => setAccount(null)} />}
    </>
  );
}
