import type { Coverage, Horizon } from '../api/venue';
import { compact, covered, nothing } from '../format/numbers';
import { horizon, hours } from '../format/time';
import { worstHorizon } from '../standing/worst';
import { columnsOf, worstUpTo } from './horizons';
import { PlacesBar } from './PlacesBar';
import { shadeOf } from './shade';

/** Assets down, horizons across; each cell is the share of claims that can be paid by then. */
export function CoverageTable({ rows }: { rows: readonly Coverage[] }) {
  const horizons = columnsOf(rows.flatMap((row) => row.hourly.map((h) => h.hours)));

  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Coverage table">
      <table className="coverage">
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col" className="right">Claims</th>
            <th scope="col" className="right">All</th>
            {horizons.map((h) => <th key={h} scope="col" className="right">{horizon(h)}</th>)}
            <th scope="col" className="right">Survives</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <CoverageRow key={row.asset} row={row} horizons={horizons} />)}</tbody>
      </table>
    </div>
  );
}

function CoverageRow({ row, horizons }: { row: Coverage; horizons: readonly number[] }) {
  const worst = worstHorizon(row)?.hours;

  return (
    <tr>
      <th scope="row">{row.asset}</th>
      <td className="num right">{compact(row.claims)}<PlacesBar places={row.byPlace} asset={row.asset} /></td>
      <td className="num right">{covered(row.coverage)}</td>
      {horizons.map((h, i) => <Cell key={h} asset={row.asset} at={worstUpTo(row.hourly, horizons[i - 1] ?? null, h)} worst={worst} />)}
      <td className="num right">{row.survivalHours === null ? `>${hours(horizons.at(-1) ?? 0)}` : hours(row.survivalHours)}</td>
    </tr>
  );
}

function Cell({ asset, at, worst }: { asset: string; at: Horizon | null; worst: number | undefined }) {
  if (at === null) return <td className="right">{nothing}</td>;

  return (
    <td className="cell num right" data-shade={shadeOf(at.coverage)} data-worst={at.hours === worst} title={`${compact(at.available)} ${asset} available by ${horizon(at.hours)}`}>
      {covered(at.coverage)}
    </td>
  );
}
