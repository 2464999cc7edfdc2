import type { LineThresholds, Stretch } from '../api/thresholds';
import { percentSigned, price } from '../format/numbers';

/** How far an axis of prices reaches to either side of today's: a quarter of it to four times it, on a scale of ratios. */
export const reach = 4;

/** Where a price stands on an axis around today's, in per cent from the left; null where it lies beyond the axis. */
export function placeOn(price: number, today: number): number | null {
  if (!(price > 0) || !(today > 0)) return null;
  const at = 50 + (50 * Math.log(price / today)) / Math.log(reach);
  return at < 0 || at > 100 ? null : at;
}

/** A stretch as it lies on the axis, cut at its ends; null where none of it is in sight. */
export function stretchOn({ from, to }: Stretch, today: number): { left: number; width: number } | null {
  if (!(today > 0)) return null;
  const low = from === null ? 0 : from * reach < today ? 0 : placeOn(from, today);
  const high = to === null ? 100 : to > reach * today ? 100 : placeOn(to, today);
  return low === null || high === null || high <= low ? null : { left: low, width: high - low };
}

/** The prices an axis is marked at: today's, and moves a desk thinks in. */
export const axisMoves = [-0.75, -0.5, -0.25, 0, 0.5, 1, 3] as const;

/** The thresholds of a line in words, each with how far it is from today's price. */
export function wordsOf(line: LineThresholds, today: number): string {
  if (line.state === 'none') return 'none: no price of it liquidates';
  const told = (p: number): string => `${price(p)}${today > 0 ? ` (${percentSigned(p / today - 1)})` : ''}`;
  const stretches = line.under.map(({ from, to }) => (from === null && to === null ? 'at every price looked at' : from === null ? `below ${told(to ?? 0)}` : to === null ? `above ${told(from)}` : `${told(from)} to ${told(to)}`));
  return line.state === 'already' ? ['already under', ...stretches].join(' · ') : stretches.join(' · ');
}

/** The same in as few words as a table has room for. */
export function shortWordsOf({ state, under }: LineThresholds): string {
  if (state === 'none') return 'at no price';
  if (state === 'already') return 'already';
  return under.map(({ from, to }) => (from === null ? `< ${price(to)}` : to === null ? `> ${price(from)}` : `${price(from)}–${price(to)}`)).join(', ');
}

/** The prices at which stretches begin or end. */
export const endsOf = (under: readonly Stretch[]): number[] => under.flatMap(({ from, to }) => [from, to].filter((p) => p !== null));
