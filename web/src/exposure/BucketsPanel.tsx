import { Panel } from '../Panel';
import type { ExposureReport, Liquidity, RiskBucket } from '../api/exposure';
import { fixed, nothing, percent, usd } from '../format/numbers';

const kinds = ['protocol', 'venue', 'chain', 'issuer', 'oracle'] as const;

/** What fails together: how much is in it at most, and what its failing is worth a year; and what unwinding would leave. */
export function BucketsPanel({ report, problem }: { report: ExposureReport | null; problem: string | null }) {
  return (
    <Panel id="buckets" title="Risk buckets" note="a bucket loses what is in it, and no more" problem={problem}>
      {report === null || report.buckets.length === 0
        ? <p className="empty">{report === null ? (problem === null ? 'Waiting for the buckets.' : 'No bucket is known yet.') : 'No risk buckets are set: nothing is fenced off by protocol, venue, chain, issuer or oracle. The command set-bucket sets one.'}</p>
        : <BucketsTable buckets={report.buckets} />}
      {report !== null && <Unwinding liquidity={report.liquidity} report={report} />}
    </Panel>
  );
}

function BucketsTable({ buckets }: { buckets: readonly RiskBucket[] }) {
  return (
    <div className="scroll-x buckets-scroll" tabIndex={0} role="region" aria-label="Risk buckets table">
      <table className="proposal buckets">
        <thead>
          <tr>
            <th scope="col">Bucket</th>
            <th scope="col" title="What the venue itself holds in it">Held</th>
            <th scope="col" title="What accounts have in it: coins, the worth of bought options, the size of the rest">Positions</th>
            <th scope="col" title="The most it can lose: what is held and what accounts have in it">Cap</th>
            <th scope="col" title="What its failure takes">If it fails</th>
            <th scope="col" title="Failure: intensity × loss × cap, a year">Failure/y</th>
            <th scope="col" title="Manipulation of its prices, a year, and how far that pays">Oracle/y</th>
          </tr>
        </thead>
        {kinds.filter((kind) => buckets.some((b) => b.kind === kind)).map((kind) => (
          <tbody key={kind}>
            <tr className="bucket-kind"><th scope="rowgroup" colSpan={7}>{kind}</th></tr>
            {buckets.filter((b) => b.kind === kind).map((b) => (
              <tr key={b.bucket}>
                <th scope="row">{b.bucket}</th>
                <td className="num">{usd(b.held)}</td>
                <td className="num">{usd(b.positions)}</td>
                <td className="num"><b>{usd(b.cap)}</b></td>
                <td className="num">{usd(b.lossIfFails)}</td>
                <td className="num">{b.premium.failure === 0 ? nothing : usd(b.premium.failure)}</td>
                <td className="num">{b.premium.oracle === 0 ? nothing : <>{usd(b.premium.oracle)}<small> {percent(b.premium.pays, 0)}</small></>}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** What the accounts own, less what unwinding all they are exposed to would cost. */
function Unwinding({ liquidity, report }: { liquidity: Liquidity; report: ExposureReport }) {
  const priced = (report.groups[0]?.underlyings ?? []).filter((u) => u.unwound.deltaCost + u.unwound.vegaCost > 0);
  const source = liquidity.depth === 'rulebook' ? 'the rulebook’s slippage' : 'the depth given';

  return (
    <div className="unwinding">
      <dl aria-label="Liquidity-adjusted value">
        <div><dt>Equity at the marks</dt><dd className="num">{usd(liquidity.equity)}</dd></div>
        <div><dt>Cost of unwinding</dt><dd className="num">{usd(liquidity.cost)}</dd></div>
        <div><dt>Liquidity-adjusted</dt><dd className="num">{usd(liquidity.adjusted)}</dd></div>
      </dl>
      <p className="note">
        {priced.length === 0 ? 'Nothing would have to be unwound.' : priced.map((u) => `${u.underlying} ${usd(u.unwound.deltaCost + u.unwound.vegaCost)} (delta ${percent(u.unwound.worst, 2)} off the mark)`).join(', ')}
        {priced.length > 0 && `; by ${source}, options at ${fixed(liquidity.vegaHalfSpread, 0)} volatility point.`}
      </p>
    </div>
  );
}
