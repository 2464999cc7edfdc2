import { Panel } from '../Panel';
import type { PledgedAsset } from '../api/collateral';
import { compact, nothing, percent, usd } from '../format/numbers';

/** What customers owe, asset by asset. */
export function LoansPanel({ assets, problem }: { assets: readonly PledgedAsset[] | null; problem: string | null }) {
  const owed = (assets ?? []).filter((a) => a.owedValue >= 0.01).sort((a, b) => b.owedValue - a.owedValue);

  return (
    <Panel id="loans" title="Owed by customers" problem={problem} note="each account net of what it has">
      {assets === null || owed.length === 0
        ? <p className="empty">{assets === null ? (problem === null ? 'Waiting for the loans.' : 'No loan is known yet.') : 'No customer owes any asset.'}</p>
        : (
          <div className="scroll-x" tabIndex={0} role="region" aria-label="Owed by customers">
            <table className="proposal">
              <thead><tr><th scope="col">Asset</th><th scope="col">Coins owed</th><th scope="col">Value</th><th scope="col" title="Owed over what other customers have of it">Of what is held</th></tr></thead>
              <tbody>
                {owed.map((a) => (
                  <tr key={a.asset}><th scope="row">{a.asset}</th><td className="num">{compact(a.owed)}</td><td className="num">{usd(a.owedValue)}</td><td className="num">{a.coins > 0 ? percent(a.owed / a.coins) : nothing}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </Panel>
  );
}
