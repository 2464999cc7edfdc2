import type { Surface } from '../api/surface';
import { fixed, nothing, percent, price } from '../format/numbers';
import { usePalette } from '../theme/palette';
import { linesOf } from './smileOption';

const origins: Readonly<Record<string, string>> = {
  fitted: 'fitted to its quotes', bent: 'fitted to its quotes, with a bump', essvi: 'extended SSVI', stale: 'an earlier shape at today’s level',
  aged: 'an earlier shape, aged', borrowed: 'the shape of the expiry after it',
};

/** How far each expiry's curve can be trusted. */
export function SmileTable({ surface, only, onOnly }: { surface: Surface; only: string | null; onOnly: (name: string | null) => void }) {
  const lines = linesOf(usePalette());

  return (
    <div className="scroll-x smiles-table" tabIndex={0} role="region" aria-label="Expiries of the surface">
      <table className="proposal">
        <thead>
          <tr>
            <th scope="col">Expiry</th><th scope="col">Forward</th><th scope="col">ATM vol</th><th scope="col">Skew</th>
            <th scope="col" title="The least Durrleman g; below 0 is butterfly arbitrage">Worst g(k)</th>
            <th scope="col" title="Root of the mean squared error, in volatility points">RMSE</th>
            <th scope="col" title="Quotes whose bid and ask do not hold the curve; in brackets for the raw SVI fit">Out of band</th>
            <th scope="col">Quotes</th>
          </tr>
        </thead>
        <tbody>
          {surface.smiles.map((s, i) => (
            <tr key={s.name} data-outside={s.density !== null && s.density < 0} title={origins[s.origin] ?? s.origin}>
              <th scope="row">
                <button type="button" className="smile-key" aria-pressed={only === s.name} title={only === s.name ? 'Show every expiry' : `Show ${s.name} alone`} onClick={() => onOnly(only === s.name ? null : s.name)}>
                  <i style={{ background: lines[i % lines.length] }} />{s.name}
                </button>
              </th>
              <td className="num">{price(s.forward)}</td>
              <td className="num"><b>{percent(s.atTheMoney)}</b></td>
              <td className="num">{fixed(100 * s.skew, 1)}</td>
              <td className="num">{s.density === null ? nothing : fixed(s.density, 3)}</td>
              <td className="num">{fixed(100 * s.error.volatility, 2)} pt</td>
              <td className="num">{percent(s.error.outOfBand, 0)} <small>({percent(s.freeError.outOfBand, 0)})</small></td>
              <td className="num">{fixed(s.error.quotes, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
