/** Counted collateral against the three lines, as a gauge draws it. */
export interface Level { counted: number; initial: number; target: number; maintenance: number }

export type Standing = 'open' | 'held' | 'called' | 'sunk';

/** Where the collateral reaches: over all lines, under initial, under target, or under maintenance, where it is liquidated. */
export const standingOf = (at: Level): Standing =>
  at.counted < at.maintenance ? 'sunk' : at.counted < at.target ? 'called' : at.counted < at.initial ? 'held' : 'open';

export const standingWords: Readonly<Record<Standing, string>> = {
  open: 'Above every line: it may open more.',
  held: 'Under the initial line: it may only reduce.',
  called: 'Under the target line: it may only reduce, and the next line is liquidation.',
  sunk: 'Under the maintenance line: it is liquidated.',
};

/** A gauge's scale: places in per cent from the left. Collateral many times the initial line runs off the end, so that the lines stay apart. */
export interface Scale { end: number; runsOff: boolean; at: (value: number) => number }

export function scaleOf({ counted, initial }: Level): Scale {
  const end = initial > 0 ? Math.max(1.25 * initial, Math.min(1.04 * counted, 2.2 * initial)) : Math.max(counted, 0);
  const at = (value: number): number => (end > 0 ? Math.min(100, Math.max(0, (100 * value) / end)) : 0);
  return { end, runsOff: counted > end, at };
}

/** The part of what counts that maintenance leaves free, as a score of 100; 0 under water, 100 where nothing is required, none where nothing counts. */
export function scoreOf(counted: number, maintenance: number): number | null {
  if (counted > 0) return Math.min(100, Math.max(0, 100 * (1 - maintenance / counted)));
  return maintenance > 0 || counted < 0 ? 0 : null;
}
