/** How far an axis of prices reaches to either side of today's: a quarter of it to four times it, on a scale of ratios. */
export const reach = 4;

/** Where a price stands on an axis around today's, in per cent from the left; null where it lies beyond the axis. */
export function placeOn(price: number, today: number): number | null {
  if (!(price > 0) || !(today > 0)) return null;
  const at = 50 + (50 * Math.log(price / today)) / Math.log(reach);
  return at < 0 || at > 100 ? null : at;
}

/** A stretch of prices at which the account is liquidated. Null ends lie beyond what was searched. */
export interface Stretch { from: number | null; to: number | null }

/** A stretch as it lies on the axis, cut at its ends; null where none of it is in sight. */
export function stretchOn({ from, to }: Stretch, today: number): { left: number; width: number } | null {
  if (!(today > 0)) return null;
  const low = from === null ? 0 : from * reach < today ? 0 : placeOn(from, today);
  const high = to === null ? 100 : to > reach * today ? 100 : placeOn(to, today);
  return low === null || high === null || high <= low ? null : { left: low, width: high - low };
}

/** The prices an axis is marked at: today's, and moves a desk thinks in. */
export const axisMoves = [-0.75, -0.5, -0.25, 0, 0.5, 1, 3] as const;
