import { Panel } from '../Panel';
import type { Breaker, Breakers } from '../api/liquidations';
import { fixed, percent, usd } from '../format/numbers';
import { countdown } from './words';

const nameOf: Readonly<Record<string, string>> = { venue: 'The venue', liquidation: 'Liquidations this period', adl: 'Deleveraging this period' };
const stateWords = { trading: 'trading', paused: 'paused', auction: 'crossing', halted: 'halted' } as const;

/** What has been stopped, why, and until when; and how much may still be liquidated in this period. */
export function BreakersPanel({ breakers, now, problem }: { breakers: Breakers | null; now: number | null; problem: string | null }) {
  const stopped = breakers?.breakers.filter((b) => b.state !== 'trading') ?? [];

  return (
    <Panel id="breakers" title="Breakers" problem={problem} note={breakers === null || !breakers.configured ? undefined : stopped.length === 0 ? 'none tripped' : `${fixed(stopped.length, 0)} tripped`}>
      {breakers === null
        ? <p className="empty">{problem === null ? 'Waiting for the breakers.' : 'No breaker is known yet.'}</p>
        : !breakers.configured
          ? <p className="empty">Nothing pauses trading and nothing limits how fast accounts are liquidated. A section <code>breakers</code> in the risk parameters draws price bands and caps.</p>
          : (
            <div className="breakers-body" tabIndex={0} role="region" aria-label="Breakers">
              {breakers.throttles.length > 0 && <ul className="throttles">{breakers.throttles.map((t) => <li key={t.of}><span>{nameOf[t.of] ?? t.of}</span><span className="used-bar" aria-hidden="true"><i style={{ width: `${Math.min(100, (100 * t.used) / Math.max(t.most, Number.MIN_VALUE))}%` }} /></span><span className="num">{usd(t.used)} of {usd(t.most)}</span></li>)}</ul>}
              <ul className="breakers">{[...stopped, ...breakers.breakers.filter((b) => b.state === 'trading')].map((b) => <Line key={b.of} of={b} now={now} />)}</ul>
            </div>
          )}
    </Panel>
  );
}

function Line({ of: b, now }: { of: Breaker; now: number | null }) {
  return (
    <li data-state={b.state}>
      <div className="limit-head">
        <span className="limit-name">{nameOf[b.of] ?? b.of}</span>
        <span className="badge breaker" data-state={b.state}>{b.state === 'trading' && b.until !== null ? 'reopened, open' : stateWords[b.state]}{b.until !== null && now !== null ? ` ${countdown(b.until, now)}` : ''}</span>
      </div>
      {b.reason !== null
        ? <p className="limit-why">{b.reason}{b.trips > 1 && !b.reason.includes(' of a row') ? ` (trip ${fixed(b.trips, 0)})` : ''}</p>
        : <p className="limit-lines">{b.low !== null && b.high !== null ? `between ${fixed(b.low, 2)} and ${fixed(b.high, 2)} (${percent((b.high - b.low) / (b.high + b.low), 1)} either way)` : b.of === 'venue' ? 'stopped when coverage or the fund falls through a line' : 'no band yet'}{b.trips > 0 ? `, tripped ${fixed(b.trips, 0)}×` : ''}</p>}
    </li>
  );
}
