import { Panel } from '../Panel';
import type { Loan } from '../api/collateral';
import { compact, nothing, percent, usd } from '../format/numbers';
import { share } from './schedule';

/** What is lent of each asset: how much of what customers hold, at what price, up to which cap; and how much debt it carries. */
export function LoansPanel({ loans, problem }: { loans: readonly Loan[] | null; problem: string | null }) {
  const all = [...(loans ?? [])].sort((a, b) => (b.lentValue ?? 0) - (a.lentValue ?? 0));

  return (
    <Panel id="loans" title="Loans" problem={problem} note={all.length === 0 ? undefined : `${usd(all.reduce((sum, l) => sum + (l.lentValue ?? 0), 0))} lent`}>
      {loans === null || loans.length === 0
        ? <p className="empty">{loans === null ? (problem === null ? 'Waiting for the loans.' : 'No loan is known yet.') : 'Nothing is lent, and the rulebook has no terms of lending.'}</p>
        : (
          <div className="scroll-x schedule-scroll" tabIndex={0} role="region" aria-label="Loans">
            <table className="proposal loans">
              <thead>
                <tr>
                  <th scope="col">Asset</th><th scope="col" title="Coins, interest included">Lent</th><th scope="col" title="What is lent over what customers hold of it">Used</th>
                  <th scope="col" title="What borrowing costs a year now">Rate</th><th scope="col" title="The most that is lent to everybody, coins">Cap</th>
                  <th scope="col" title="The part of its value that may be owed against it, and the part from which that is liquidated">LTV, line</th>
                </tr>
              </thead>
              <tbody>{all.map((l) => <Line key={l.asset} of={l} />)}</tbody>
            </table>
          </div>
        )}
    </Panel>
  );
}

function Line({ of: l }: { of: Loan }) {
  return (
    <tr title={l.lentValue === null ? undefined : `${l.asset}: ${usd(l.lentValue)} lent`}>
      <th scope="row">{l.asset}</th>
      <td className="num">{l.lent === 0 ? nothing : compact(l.lent)}</td>
      <td className="num"><span className="used-bar" aria-hidden="true"><i style={{ width: `${Math.min(100, 100 * l.utilisation)}%` }} /></span>{percent(l.utilisation)}</td>
      <td className="num">{l.annualRate === null ? nothing : percent(l.annualRate, 2)}</td>
      <td className="num">{l.cap === null ? 'none' : compact(l.cap)}</td>
      <td className="num">{l.loanToValue === null || l.liquidationThreshold === null ? nothing : `${share(l.loanToValue)}, ${share(l.liquidationThreshold)}`}</td>
    </tr>
  );
}
