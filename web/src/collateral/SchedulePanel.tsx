import { Panel } from '../Panel';
import type { PledgedAsset } from '../api/collateral';
import { compact, fixed, nothing, percent, price, usd } from '../format/numbers';
import { addressOf } from '../view/view';
import { byValue, describe, share, tiersInWords } from './schedule';

/** Each asset: what the schedule says of it, how much of it is held and how much of that counts. */
export function SchedulePanel({ assets, problem }: { assets: readonly PledgedAsset[] | null; problem: string | null }) {
  const sum = (of: (a: PledgedAsset) => number): number => (assets ?? []).reduce((total, a) => total + of(a), 0);
  const held = sum((a) => a.value);

  return (
    <Panel id="schedule" title="Collateral schedule" problem={problem} note={assets === null ? undefined : `${usd(sum((a) => a.counted))} counted of ${usd(held)} held by customers`}>
      {assets === null
        ? <p className="empty">{problem === null ? 'Waiting for the schedule.' : 'No schedule is known yet.'}</p>
        : assets.length === 0
          ? <p className="empty">No asset is listed.</p>
          : (
            <div className="scroll-x schedule-scroll" tabIndex={0} role="region" aria-label="Collateral schedule">
              <table className="proposal schedule">
                <thead>
                  <tr>
                    <th scope="col">Asset</th><th scope="col">Price USD</th><th scope="col">Coins held</th><th scope="col">Value</th>
                    <th scope="col" data-words="true">Counted</th><th scope="col" title="1 − counted ÷ value, all customers together">Haircut now</th>
                    <th scope="col" data-words="true" title="The part refused of what one owner has, by value">Schedule</th>
                    <th scope="col" data-words="true">Largest holder</th><th scope="col" data-words="true">Verdict</th>
                  </tr>
                </thead>
                <tbody>{byValue(assets).map((a) => <Line key={a.asset} of={a} />)}</tbody>
              </table>
            </div>
          )}
    </Panel>
  );
}

/** The reason without the verdict it begins with, and the score of the worst mark. */
function reasonOf({ verdict: v }: PledgedAsset): string {
  const words = v.reason.replace(`${v.eligibility}: `, '');
  return v.score === null ? words : `${words} (${fixed(v.score, 0)} of 100)`;
}

function Line({ of: a }: { of: PledgedAsset }) {
  return (
    <tr>
      <th scope="row" className="wraps">{a.asset} <small>{describe(a)}</small></th>
      <td className="num">{price(a.price)}</td>
      <td className="num">{a.coins === 0 ? nothing : compact(a.coins)}</td>
      <td className="num">{usd(a.value)}</td>
      <td className="num" data-words="true">
        <span className="counted-bar" aria-hidden="true"><i style={{ width: `${a.value > 0 ? (100 * a.counted) / a.value : 0}%` }} /></span>{usd(a.counted)}
      </td>
      <td className="num">{percent(a.haircut, 2)}</td>
      <td data-words="true" className="wraps">{tiersInWords(a.tiers)}{a.dynamicHaircut !== null && <small className="by-market" title={a.dailyVolatility === null ? undefined : `Reckoned with a volatility of ${percent(a.dailyVolatility)} a day`}>at least {share(a.dynamicHaircut)} by the market</small>}</td>
      <td data-words="true">
        {a.largest === null ? nothing : <><a href={addressOf('account', null, a.largest.account)}>{a.largest.account}</a> <small className="num">{a.value > 0 ? `${fixed((100 * a.largest.value) / a.value, 0)} %` : ''}</small></>}
      </td>
      <td data-words="true" className="wraps" title={a.verdict.reason}><span className="badge verdict-badge" data-eligibility={a.verdict.eligibility}>{a.verdict.eligibility}</span> <small>{reasonOf(a)}</small></td>
    </tr>
  );
}
