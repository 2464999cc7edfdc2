import type { CSSProperties } from 'react';
import type { Surface } from '../api/surface';
import { percent, price, tick } from '../format/numbers';

/** The surface as a table: strikes across, expiries down; beyond the strikes quoted the figure is faint. */
export function VolMap({ surface }: { surface: Surface }) {
  const known = surface.map.flat().map((c) => c.volatility).filter((v) => v !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const heat = (v: number): string => `${Math.round(high > low ? (70 * (v - low)) / (high - low) : 0)}%`;

  return (
    <div className="scroll-x heat-scroll" tabIndex={0} role="region" aria-label={`Volatility of ${surface.surface ?? ''} by strike and expiry`}>
      <table className="heat volmap">
        <thead><tr><th scope="col">Expiry</th>{surface.strikes.map((k) => <th key={k} scope="col" className="right">{tick(k)}</th>)}</tr></thead>
        <tbody>
          {surface.smiles.map((s, row) => (
            <tr key={s.name}>
              <th scope="row">{s.name}</th>
              {surface.strikes.map((k, i) => {
                const cell = surface.map[row]?.[i];
                const v = cell?.volatility ?? null;
                return (
                  <td
                    key={k} className="num right" data-side={v === null ? 'none' : 'plus'} data-wing={cell?.quoted === false}
                    style={{ '--heat': v === null ? '0%' : heat(v) } as CSSProperties}
                    title={v === null ? undefined : `${s.name}, strike ${price(k)}: ${percent(v)}${cell?.quoted === false ? ', beyond the strikes quoted' : ''}`}
                  >
                    {v === null ? <span className="void">·</span> : percent(v)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
