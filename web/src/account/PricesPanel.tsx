import { Panel } from '../Panel';
import type { LiquidationPrice, MarginExplained } from '../api/margin';
import { percentSigned, price } from '../format/numbers';
import { useDesk } from '../live/store';
import { axisMoves, placeOn, stretchOn } from './priceAxis';

/** At which price of each underlying, all else unmoved, the account is liquidated: none, already, one or several, on an axis of prices. */
export function PricesPanel({ margin, problem }: { margin: MarginExplained | null; problem: string | null }) {
  const prices = margin?.liquidationPrices ?? [];

  return (
    <Panel id="prices" title="Liquidation prices" problem={problem} note="one underlying moved, all else still">
      {margin === null || prices.length === 0
        ? <p className="empty">{margin === null ? (problem === null ? 'Solving for the prices.' : 'No price is known yet.') : 'It depends on no price: nothing it holds moves.'}</p>
        : (
          <div className="axes" tabIndex={0} role="region" aria-label="Liquidation prices">
            <div className="axis-marks" aria-hidden="true">
              {axisMoves.map((move) => <span key={move} style={{ left: `${placeOn(1 + move, 1) ?? 0}%` }}>{move === 0 ? 'today' : percentSigned(move, 0)}</span>)}
            </div>
            <ol>{prices.map((p) => <Axis key={p.underlying} of={p} />)}</ol>
          </div>
        )}
    </Panel>
  );
}

function Axis({ of }: { of: LiquidationPrice }) {
  const today = useDesk((s) => s.venue?.feeds.find((f) => f.asset === of.underlying)?.price ?? null);
  const at = [of.below, of.above].filter((p) => p !== null);
  const stretches = of.state === 'already'
    ? [{ from: null, to: null }]
    : [...(of.below === null ? [] : [{ from: null, to: of.below }]), ...(of.above === null ? [] : [{ from: of.above, to: null }])];

  return (
    <li data-state={of.state}>
      <div className="axis-head">
        <b>{of.underlying}</b><span className="num note">{price(today)}</span>
        <span className="axis-words num">{wordsOf(of, today)}</span>
      </div>
      <div className="axis" aria-hidden="true">
        {stretches.map((s, i) => {
          const drawn = today === null ? null : stretchOn(s, today);
          return drawn === null ? null : <i key={i} style={{ left: `${drawn.left}%`, width: `${drawn.width}%` }} />;
        })}
        <u />
        {at.map((p) => {
          const placed = today === null ? null : placeOn(p, today);
          return placed === null ? null : <b key={p} style={{ left: `${placed}%` }} />;
        })}
      </div>
    </li>
  );
}

function wordsOf(of: LiquidationPrice, today: number | null): string {
  if (of.state === 'already') return 'already under the threshold';
  if (of.state === 'none') return 'none: no price of it liquidates';
  const told = (p: number, word: string): string => `${word} ${price(p)}${today === null || today === 0 ? '' : ` (${percentSigned(p / today - 1)})`}`;
  return [of.below === null ? null : told(of.below, 'below'), of.above === null ? null : told(of.above, 'above')].filter((w) => w !== null).join(' · ');
}
