import { getAccount, getLiquidationPrices, getMargin } from '../api/client';
import { useDesk } from '../live/store';
import { usePoll } from '../live/usePoll';
import { usd } from '../format/numbers';
import { move } from '../accounts/columns';
import { addressOf } from '../view/view';
import { AccountFinder } from './AccountFinder';
import { EconomyPanel } from './EconomyPanel';
import { HealthPanel } from './HealthPanel';
import { HoldingsPanel } from './HoldingsPanel';
import { PricesPanel } from './PricesPanel';
import { ScenariosPanel } from './ScenariosPanel';
import { WaterfallPanel } from './WaterfallPanel';
import { WhatIfPanel } from './WhatIfPanel';

const again = 1_000;
/** Prices are solved for: that takes longer than everything else. */
const pricesAgain = 2_000;

/** One account on a page of its own: how healthy, why, what would change it. */
export function AccountView({ account, fresh }: { account: string | null; fresh: boolean }) {
  const detail = usePoll(account, again, getAccount);
  const margin = usePoll(account, again, getMargin);
  const prices = usePoll(account, pricesAgain, getLiquidationPrices);

  if (account === null) return <Chooser problem={null} />;
  if (detail.data === null && detail.problem !== null) return <Chooser account={account} problem={detail.problem} />;

  return (
    <main className="desk account" data-fresh={fresh && detail.problem === null}>
      <HealthPanel account={account} detail={detail.data} problem={detail.problem} />
      <WaterfallPanel detail={detail.data} margin={margin.data} problem={margin.problem} />
      <ScenariosPanel margin={margin.data} problem={margin.problem} />
      <WhatIfPanel account={account} detail={detail.data} underlyings={prices.data?.map((p) => p.underlying) ?? []} />
      <PricesPanel prices={prices.data} problem={prices.problem} />
      <EconomyPanel account={account} offsets={margin.data?.offsets ?? null} required={margin.data?.requirement.maintenance ?? null} problem={margin.problem} />
      <HoldingsPanel detail={detail.data} margin={margin.data} problem={detail.problem} />
    </main>
  );
}

/** Where no account is named, or none that is there: a way to one. */
function Chooser({ account, problem }: { account?: string; problem: string | null }) {
  const nearest = useDesk((s) => s.nearest);

  return (
    <main className="desk account account-chooser">
      <section className="panel" id="health" aria-labelledby="health-title" tabIndex={-1}>
        <header className="panel-head"><h2 id="health-title">{problem === null ? 'Whose account?' : `“${account ?? ''}” cannot be shown`}</h2></header>
        {problem !== null && <p className="problem" role="alert">{problem}</p>}
        <div className="chooser-body">
          <AccountFinder account={null} />
          <h3>Nearest to liquidation</h3>
          {nearest.length === 0
            ? <p className="empty">No account is known to be near it.</p>
            : (
              <ul>
                {nearest.slice(0, 12).map((row) => (
                  <li key={row.account}>
                    <a href={addressOf('account', null, row.account)}>{row.account}</a>
                    <span className="badge phase" data-phase={row.phase}>{row.phase}</span>
                    <span className="num">{move(row.distance)}</span><span className="num">{usd(row.health.maintenance)} over maintenance</span>
                  </li>
                ))}
              </ul>
            )}
        </div>
      </section>
    </main>
  );
}
