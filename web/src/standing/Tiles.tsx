import type { Shortfall, Venue } from '../api/venue';
import { fixed, nothing, percent, usd } from '../format/numbers';
import { useDesk } from '../live/store';

type Alarm = 'warn' | 'bad' | undefined;
interface Tile { name: string; value: string; more?: string; hint?: string; alarm?: Alarm }

/** The venue in single figures. */
export function Tiles() {
  const venue = useDesk((s) => s.venue);
  if (venue === null) return null;

  return (
    <dl className="tiles">
      {tilesOf(venue).map((tile) => (
        <div key={tile.name} data-alarm={tile.alarm} title={tile.hint}>
          <dt>{tile.name}</dt>
          <dd className="num">{tile.value}{tile.more !== undefined && <small>{tile.more}</small>}</dd>
        </div>
      ))}
    </dl>
  );
}

function tilesOf(v: Venue): Tile[] {
  return [
    { name: 'Open interest', value: usd(v.openInterest) },
    { name: 'Accounts’ equity', value: usd(v.equity) },
    { name: 'Accounts', value: fixed(v.accounts, 0) },
    shortfallOf(v.expectedShortfall),
    { name: 'Bad debt', value: usd(v.badDebt), alarm: v.badDebt > 0 ? 'bad' : undefined },
    { name: 'Margin calls', value: fixed(v.counters.marginCalls, 0), alarm: v.counters.marginCalls > 0 ? 'warn' : undefined },
    { name: 'Liquidations', value: fixed(v.counters.liquidations, 0), alarm: v.counters.liquidations > 0 ? 'warn' : undefined },
    { name: 'Deleveraged', value: fixed(v.counters.adl, 0), more: `${fixed(v.counters.refused, 0)} refused`, alarm: v.counters.adl > 0 ? 'bad' : undefined },
  ];
}

/** What the venue's own book would lose if recent days came again; without enough of them it says how many there are. */
function shortfallOf(shortfall: Shortfall | null): Tile {
  const name = 'Expected shortfall';
  if (shortfall === null) return { name, value: nothing };

  const windows = `${fixed(shortfall.windows, 0)} windows`;
  return shortfall.value === null
    ? { name, value: nothing, more: `only ${windows} so far`, ...(shortfall.reason === null ? {} : { hint: shortfall.reason }) }
    : { name, value: usd(shortfall.value), more: `${percent(shortfall.confidence)}, ${windows}` };
}
