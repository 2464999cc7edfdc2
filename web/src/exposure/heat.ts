/** A heat map's cell: its figure, and how hot it is from −1 to 1. */
export interface HeatCell { value: number | null; heat: number }

/**
 * The end of a scale that holds every value: the next of 1, 2, 5 times a power of ten, so that it stands still while figures
 * move a little. 0 where there is nothing to hold.
 */
export function endOf(values: Iterable<number | null>): number {
  let most = 0;
  for (const value of values) if (value !== null && Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  if (most === 0) return 0;

  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((s) => most <= s * power * (1 + 1e-9)) ?? 10;
  return step * power;
}

/** How hot a value is against the end of its scale, −1 to 1: the root, so that a small figure beside a large one still shows its side. */
export function heatOf(value: number | null, end: number): number {
  if (value === null || !Number.isFinite(value) || end <= 0) return 0;
  return Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / end));
}

/** A heat as the style sheet takes it: the part of the ground that is colour. */
export const warmth = (heat: number): { '--heat': string } => ({ '--heat': `${Math.round(70 * Math.abs(heat))}%` });
