import type { HedgeProposal, HedgedBand } from '../api/hedge';
import { usd } from '../format/numbers';

const obstacles: Readonly<Record<string, string>> = {
  'nothing-moves-it': 'nothing that may be traded moves it',
  'depth-spent': 'the depth of every instrument that moves it is spent',
  'other-band': 'moving it further would push another Greek out of its band',
  'lot-too-coarse': 'whole lots do not reach it',
  'search-limit': 'the search was ended at its limit of steps',
};

/** What becomes of a band, in words. */
export function outcomeOf(band: HedgedBand): string {
  if (band.obstacle !== null) return `still outside: ${obstacles[band.obstacle] ?? band.obstacle}`;
  if (band.breachBefore === 0) return band.before === band.after ? 'inside, left alone' : 'inside';
  return 'brought inside';
}

/** Where a band lies: ±$1.2M, or from the one end to the other. */
export function rangeOf(band: HedgedBand): string {
  if (band.lower === null && band.upper === null) return 'anywhere';
  if (band.lower === null) return `≤ ${usd(band.upper)}`;
  if (band.upper === null) return `≥ ${usd(band.lower)}`;
  return band.lower === -band.upper ? `±${usd(band.upper)}` : `${usd(band.lower)} … ${usd(band.upper)}`;
}

/** The proposal in one sentence. */
export function summaryOf(p: HedgeProposal): string {
  const trades = p.hedges.reduce((sum, h) => sum + h.trades.length, 0);
  const open = p.hedges.filter((h) => !h.complete).length;
  if (p.hedges.length === 0) return 'The book is exposed to nothing that can be hedged.';
  if (trades === 0) return open === 0 ? 'Every Greek lies within its band: trading would cost more than it saves.' : 'No trade that is allowed brings a Greek nearer to its band.';
  const many = trades === 1 ? 'One trade' : `${trades} trades`;
  return `${many} for ${usd(p.cost.total)}: ${open === 0 ? 'every Greek comes within its band' : `${open} underlying${open === 1 ? '' : 's'} stay${open === 1 ? 's' : ''} partly outside`}.`;
}

/** Which Greeks a proposal is asked to hold, beside delta's own no-trade band. */
export const aims = ['delta', 'vega', 'all'] as const;
export type Aim = (typeof aims)[number];

/** What gamma and vega may keep of what they are. */
export const keep = 0.25;

export interface PlannedBand { underlying: string; greek: string; lower: number; upper: number }

/** Bands that hold vega, or gamma and vega, to a quarter of what they are; delta has its own. */
export function bandsFor(aim: Aim, now: HedgeProposal): PlannedBand[] {
  const held = aim === 'delta' ? [] : aim === 'vega' ? (['vega'] as const) : (['gamma', 'vega'] as const);
  return now.hedges.flatMap((h) => held.filter((greek) => h.before[greek] !== 0).map((greek) => {
    const upper = keep * Math.abs(h.before[greek]);
    return { underlying: h.underlying, greek, lower: -upper, upper };
  }));
}
