import type { Ladder } from '../api/hedge';
import { percentSigned, usdSigned } from '../format/numbers';
import { HeatScale, HeatTable } from './HeatTable';
import { endOf } from './heat';

/** What the book gains over moves of price and volatility, before and after the trades, in one scale. */
export function LadderMaps({ ladder, underlying }: { ladder: Ladder; underlying: string }) {
  const end = endOf([...ladder.before, ...ladder.after].flat());
  const columns = ladder.spotMoves.map((move) => percentSigned(move, 0));

  return (
    <div className="ladders">
      <header>
        <h3>Gain or loss if {underlying} and its volatility move</h3>
        <HeatScale end={end} show={usdSigned} />
      </header>
      <div className="ladder-pair">
        {(['before', 'after'] as const).map((when) => (
          <figure key={when}>
            <figcaption>{when === 'before' ? 'Before' : 'After, costs paid'}</figcaption>
            <HeatTable
              label={`Gains ${when} the trades, by move of ${underlying} and of volatility`} corner="Vol" columns={columns} end={end}
              lines={ladder.volatilityShifts.map((shift, v) => ({ key: String(shift), head: `${percentSigned(shift, 0).replace(/\u00a0%/, '')} pt`, cells: ladder[when][v] ?? [] }))}
              show={(value) => usdSigned(value)}
              marked={(line, column) => Number(line.key) === 0 && ladder.spotMoves[column] === 0}
              hint={(value, line, column) => `${underlying} ${columns[column] ?? ''}, volatility ${percentSigned(Number(line.key), 0).replace('%', 'points')}: ${usdSigned(value)} ${when} the trades`}
            />
          </figure>
        ))}
      </div>
    </div>
  );
}
