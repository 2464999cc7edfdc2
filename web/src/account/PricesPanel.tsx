import { Panel } from '../Panel';
import type { MarginLine } from '../api/margin';
import type { LineThresholds, UnderlyingThresholds } from '../api/thresholds';
import { percentSigned, price } from '../format/numbers';
import { axisMoves, endsOf, placeOn, stretchOn, wordsOf } from './priceAxis';

/** At which prices of each underlying, all else unmoved, the account is liquidated: none, already, one or several, on an axis of prices. */
export function PricesPanel({ prices, problem }: { prices: readonly UnderlyingThresholds[] | null; problem: string | null }) {
  return (
    <Panel id="prices" title="Liquidation prices" problem={problem} note="USD; one underlying moved, all else still">
      {prices === null || prices.length === 0
        ? <p className="empty">{prices === null ? (problem === null ? 'Solving for the prices.' : 'No price is known yet.') : 'It depends on no price: nothing it holds moves.'}</p>
        : (
          <div className="axes" tabIndex={0} role="region" aria-label="Liquidation prices">
            <div className="axis-marks" aria-hidden="true">
              {axisMoves.map((move) => <span key={move} style={{ left: `${placeOn(1 + move, 1) ?? 0}%` }}>{move === 0 ? 'today' : percentSigned(move, 0)}</span>)}
            </div>
            <ol>{prices.map((p) => <Axis key={p.underlying} of={p} />)}</ol>
            <p className="axis-key note"><i data-line="maintenance" /> liquidated <i data-line="initial" /> under the initial line: may only reduce</p>
          </div>
        )}
    </Panel>
  );
}

function Axis({ of }: { of: UnderlyingThresholds }) {
  const line = (name: MarginLine): LineThresholds => of.lines.find((l) => l.line === name) ?? { line: name, state: 'none', under: [] };
  const liquidated = line('maintenance');

  return (
    <li data-state={liquidated.state}>
      <div className="axis-head">
        <b>{of.underlying}</b><span className="num note">{price(of.price)}</span>
        <span className="axis-words num">{wordsOf(liquidated, of.price)}</span>
      </div>
      <div className="axis" aria-hidden="true">
        {[line('initial'), liquidated].map((l) => l.under.map((s, i) => {
          const drawn = stretchOn(s, of.price);
          return drawn === null ? null : <i key={`${l.line} ${i}`} data-line={l.line} style={{ left: `${drawn.left}%`, width: `${drawn.width}%` }} />;
        }))}
        <u />
        {endsOf(liquidated.under).map((p) => {
          const placed = placeOn(p, of.price);
          return placed === null ? null : <b key={p} style={{ left: `${placed}%` }} />;
        })}
      </div>
    </li>
  );
}
