import type { HedgeCost, UnderlyingHedge } from '../api/hedge';
import { exact, nothing, usd, usdSigned } from '../format/numbers';
import { outcomeOf, rangeOf } from './hedgeWords';

const rows = ['delta', 'gamma', 'vega'] as const;
const per = { delta: '', gamma: '/1%', vega: '/pt' } as const;
const titles = { delta: 'Delta', gamma: 'Gamma', vega: 'Vega' } as const;

/** What to trade for one underlying, and what each part of the cost is. */
export function TradesTable({ hedge }: { hedge: UnderlyingHedge }) {
  if (hedge.trades.length === 0) return <p className="empty">Nothing to trade in {hedge.underlying}{hedge.complete ? ': every Greek lies within its band.' : '.'}</p>;

  return (
    <table className="proposal" aria-label={`Trades in ${hedge.underlying}`}>
      <thead>
        <tr><th scope="col">Trade</th><th scope="col">Size</th><th scope="col">Delta</th><th scope="col">Vega</th><th scope="col">Spread</th><th scope="col">Fees</th><th scope="col">Impact</th><th scope="col">Cost</th></tr>
      </thead>
      <tbody>
        {hedge.trades.map((t) => (
          <tr key={t.instrument} data-side={t.side}>
            <th scope="row"><b>{t.side}</b> {t.instrument}</th>
            <td className="num">{exact(t.size)}</td>
            <td className="num">{usdSigned(t.delta)}</td>
            <td className="num">{t.vega === 0 ? nothing : usdSigned(t.vega)}</td>
            <Costs cost={t.cost} />
          </tr>
        ))}
        <tr data-total="true"><th scope="row" colSpan={4}>Together</th><Costs cost={hedge.cost} /></tr>
      </tbody>
    </table>
  );
}

const Costs = ({ cost }: { cost: HedgeCost }) => (
  <>
    <td className="num">{usd(cost.spread)}</td>
    <td className="num">{usd(cost.fees)}</td>
    <td className="num">{cost.impact === 0 ? nothing : usd(cost.impact)}</td>
    <td className="num"><b>{usd(cost.total)}</b></td>
  </>
);

/** Greeks before and after, with their bands. */
export function BandsTable({ hedge }: { hedge: UnderlyingHedge }) {
  return (
    <table className="proposal bands" aria-label={`Greeks of ${hedge.underlying} before and after`}>
      <thead><tr><th scope="col">Greek</th><th scope="col">Before</th><th scope="col" aria-label="becomes" /><th scope="col">After</th><th scope="col">Band</th><th scope="col" data-words="true">Outcome</th></tr></thead>
      <tbody>
        {rows.map((greek) => {
          const band = hedge.bands.find((b) => b.greek === greek);
          return (
            <tr key={greek} data-outside={band !== undefined && band.breachAfter > 0}>
              <th scope="row">{titles[greek]}</th>
              <td className="num">{usd(hedge.before[greek])}<small>{per[greek]}</small></td>
              <td aria-hidden="true">→</td>
              <td className="num"><b>{usd(hedge.after[greek])}</b><small>{per[greek]}</small></td>
              <td className="num">{band === undefined ? nothing : rangeOf(band)}</td>
              <td data-words="true">{band === undefined ? 'no band asked' : `${outcomeOf(band)}${band.source === 'no-trade' ? ' (no-trade band)' : ''}`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
