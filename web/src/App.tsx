import { useState } from 'react';
import { AccountsPanel } from './accounts/AccountsPanel';
import { AccountDrawer } from './account/AccountDrawer';
import { AccountView } from './account/AccountView';
import { ThresholdPanel } from './charts/ThresholdPanel';
import { TimePanel } from './charts/TimePanel';
import { CollateralView } from './collateral/CollateralView';
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
import { LiquidationsView } from './liquidations/LiquidationsView';
import { Standing } from './standing/Standing';
import { usePlace } from './view/usePlace';
import { type Place, type View, addressOf } from './view/view';
import { Waiting } from './Waiting';

const skips: Readonly<Record<View, readonly [string, string]>> = {
  desk: ['standing', 'Skip to the venue’s standing'],
  exposure: ['greeks', 'Skip to the exposure'],
  account: ['health', 'Skip to the account'],
  collateral: ['schedule', 'Skip to the collateral'],
  liquidations: ['funnel', 'Skip to the liquidations'],
};

/** The one page, in five views: what a risk desk leaves open all day, what the venue is exposed to, one account, what secures them all, and what happens to those who sink. */
export function App() {
  const [account, setAccount] = useState<string | null>(null);
  const known = useDesk((s) => s.venue !== null);
  const { phase } = useValue(linkStatus);
  const at = usePlace(known);
  const { view } = at;

  return (
    <>
      <Skip at={at} />
      <TopBar />
      <DemoBar />
      <HaltedBanner />
      <FreshnessBanner />
      <Announcer />
      {!known
        ? <Waiting />
        : view === 'exposure'
          ? <ExposureView fresh={phase === 'live'} />
          : view === 'account'
            ? <AccountView key={at.account} account={at.account} fresh={phase === 'live'} />
            : view === 'collateral'
              ? <CollateralView fresh={phase === 'live'} />
              : view === 'liquidations'
                ? <LiquidationsView fresh={phase === 'live'} />
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

/** The first stop of the keyboard leads past the bar. */
function Skip({ at }: { at: Place }) {
  const [part, words] = skips[at.view];
  return <a className="skip" href={addressOf(at.view, part, at.account)}>{words}</a>;
}
