import { Panel } from '../Panel';
import type { Limit } from '../api/limits';
import { fixed, usd } from '../format/numbers';
import { byUse, reasonOf, subjectOf, usedOf } from './limitWords';

const mostShown = 60;

/** Every limit with its use, the worst first; what is breached says why. */
export function LimitsPanel({ limits, problem }: { limits: readonly Limit[] | null; problem: string | null }) {
  const breached = limits?.filter((l) => l.level !== 'within').length ?? 0;

  return (
    <Panel
      id="limits" title="Limits" problem={problem}
      note={limits === null || limits.length === 0 ? undefined : breached === 0 ? `${fixed(limits.length, 0)} set, none breached` : `${fixed(breached, 0)} of ${fixed(limits.length, 0)} breached`}
    >
      {limits === null || limits.length === 0
        ? <p className="empty">{limits === null ? (problem === null ? 'Waiting for the limits.' : 'No limit is known yet.') : 'No limits are set: nothing holds the exposure. The command set-limit sets one.'}</p>
        : <ol className="limits" tabIndex={0} aria-label="Limits, the worst first">{byUse(limits).slice(0, mostShown).map((l) => <LimitGauge key={l.limit} limit={l} />)}</ol>}
    </Panel>
  );
}

/** One limit: how full, where its lines are, and in words why it is red. */
function LimitGauge({ limit }: { limit: Limit }) {
  const line = limit.hard ?? limit.soft ?? 0;
  // Room to the right of the line, so that going beyond it shows.
  const end = Math.max(line * 1.25, limit.value, Number.MIN_VALUE);
  const at = (value: number): string => `${Math.min(100, (100 * value) / end)}%`;

  return (
    <li data-level={limit.level}>
      <div className="limit-head">
        <span className="limit-name" title={limit.limit}>{subjectOf(limit)}</span>
        <span className="num">{usd(limit.value)} <b>{usedOf(limit)}</b></span>
      </div>
      <div
        className="gauge" role="meter" aria-label={subjectOf(limit)} aria-valuemin={0} aria-valuemax={line} aria-valuenow={Math.min(limit.value, line)} aria-valuetext={reasonOf(limit)}
      >
        <i style={{ width: at(limit.value) }} />
        {limit.soft !== null && <b className="soft" style={{ left: at(limit.soft) }} title={`soft ${usd(limit.soft)}`} />}
        {limit.hard !== null && <b className="hard" style={{ left: at(limit.hard) }} title={`hard ${usd(limit.hard)}`} />}
      </div>
      {limit.level === 'within'
        ? <p className="limit-lines">{[limit.soft === null ? null : `soft ${usd(limit.soft)}`, limit.hard === null ? null : `hard ${usd(limit.hard)}`].filter((w) => w !== null).join(' · ')}</p>
        : <p className="limit-why">{reasonOf(limit)}</p>}
    </li>
  );
}
