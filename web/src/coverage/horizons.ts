import type { Horizon } from '../api/venue';

const columns = 9;
const preferred = [0, 1, 2, 4, 8, 12, 24, 48, 72, 120, 168, 240, 336, 720];

/** The hours that get a column: all of them when few, else the round ones and the last. */
export function columnsOf(hours: readonly number[]): number[] {
  const all = [...new Set(hours)].sort((a, b) => a - b);
  if (all.length <= columns) return all;

  const last = all.at(-1) ?? 0;
  const round = all.filter((h) => h === last || preferred.includes(h));
  const ranked = round.length > 2 ? round : all;
  const step = (ranked.length - 1) / (columns - 1);
  const picked = Array.from({ length: columns }, (_, i) => ranked[Math.round(i * step)] ?? last);
  return [...new Set(picked)];
}

/** The worst of a row between one column and the next: an hour without a column of its own is not hidden. */
export function worstUpTo(row: readonly Horizon[], after: number | null, upTo: number): Horizon | null {
  const inside = row.filter((h) => h.hours <= upTo && (after === null || h.hours > after));
  return inside.reduce<Horizon | null>((worst, h) => (worst === null || h.coverage < worst.coverage ? h : worst), null);
}
