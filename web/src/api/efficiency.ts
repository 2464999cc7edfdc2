import { type Mode, modes } from './accounts';
import { type Reader, figure } from './reader';

/** How well an account uses its collateral, USD. */
export interface Efficiency {
  notional: number;
  /** What opening requires. */
  locked: number;
  notionalPerLocked: number | null;
  /** The part of counted collateral that is locked. */
  used: number | null;
  lostToHaircuts: number;
  freeHealth: number;
  /** The most that may be taken out of each asset now, each on its own; `free` in coins with every digit. */
  free: { asset: string; free: string; value: number }[];
  /** What the same positions require in each margin mode. */
  modes: { mode: Mode; initial: number; maintenance: number }[];
}

export const readEfficiency = (r: Reader): Efficiency => ({
  notional: r.at('notional').figure(), locked: r.at('locked').figure(), notionalPerLocked: r.at('notionalPerLocked').maybe(figure), used: r.at('used').maybe(figure),
  lostToHaircuts: r.at('lostToHaircuts').figure(), freeHealth: r.at('freeHealth').figure(),
  free: r.at('free').list((f) => ({ asset: f.at('asset').text(), free: f.at('free').exact(), value: f.at('value').figure() })),
  modes: r.at('modes').list((m) => ({ mode: m.at('mode').oneOf(modes), initial: m.at('initial').figure(), maintenance: m.at('maintenance').figure() })),
});
