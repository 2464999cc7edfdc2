import type { Venue } from '../api/venue';
import { fixed, nothing, percent, usd } from '../format/numbers';
import { useDesk } from '../live/store';

type Alarm = 'warn' | 'bad' | undefined;
interface Tile { name: string; value: string; more?: string; alarm?: Alarm }

/** The venue in single figures. */
export function Tiles() {
  const venue = useDesk((s) => s.venue);
  if (venue === null) return null;

  return (
    <dl className="tiles">
      {tilesOf(venue).map((tile) => (
        <div key={tile.name} data-alarm={tile.alarm}>
          <dt>{tile.name}</dt>
          <dd className="num">{tile.value}{tile.more !== undefined && <small>{tile.more}</small>}</dd>
        </div>
      ))}
    </dl>
  );
}

function tilesOf(v: Venue): Tile[] {
  const shortfall = v.expectedShortfall;
  return [
    { name: 'Open interest', value: usd(v.openInterest) },
    { name: 'Accounts’ equity', value: usd(v.equity) },
    { name: 'Accounts', value: fixed(v.accounts, 0) },
    shortfall === null
      ? { name: 'Expected shortfall', value: nothing }
      : { name: 'Expected shortfall', value: usd(shortfall.value), more: `${percent(shortfall.confidence)}, ${fixed(shortfall.windows, 0)} windows` },
    { name: 'Bad debt', value: usd(v.badDebt), alarm: v.badDebt > 0 ? 'bad' : undefined },
    { name: 'Margin calls', value: fixed(v.counters.marginCalls, 0), alarm: v.counters.marginCalls > 0 ? 'warn' : undefined },
    { name: 'Liquidations', value: fixed(v.counters.liquidations, 0), alarm: v.counters.liquidations > 0 ? 'warn' : undefined },
    { name: 'Deleveraged', value: fixed(v.counters.adl, 0), more: `${fixed(v.counters.refused, 0)} refused`, alarm: v.counters.adl > 0 ? 'bad' : undefined },
  ];
}
