import { type Thresholded, readThresholded } from './accounts';
import { type Reader, figure, text } from './reader';

/** One column of the venue's scenario grid. Spot and vol are relative moves; the whole column is dampened. */
export interface Scenario { id: string; spot: number; vol: number; dampening: number }
export interface ScenarioChange { id: string; change: number }
/** `change` is what its counted coins gain in the worst scenario. */
export interface Collateral { asset: string; net: number; value: number; haircut: number; counted: number; change: number }
export interface Contribution { instrument: string; change: number }

export const liquidationStates = ['price', 'none', 'already'] as const;
/** `below` is the nearest price under today's that liquidates, `above` the nearest over it. */
export interface LiquidationPrice {
  underlying: string;
  price: number | null;
  below: number | null;
  above: number | null;
  state: (typeof liquidationStates)[number];
}

export const marginLines = ['initial', 'target', 'maintenance'] as const;
export type MarginLine = (typeof marginLines)[number];

export const requirementParts = ['scenarios', 'basis', 'skew', 'depeg', 'floor', 'naked-short', 'close-out', 'confidence', 'concentration', 'crowding', 'debts'] as const;
export type RequirementPart = (typeof requirementParts)[number];

/** A part of what is required (one the page does not know is shown by its name), by the position or the asset (or what it follows) it is asked for; below 0 for what lessens the binding loss. */
export interface Required { part: string; instrument: string | null; asset: string | null; required: Thresholded }

export const worstTerms = ['none', 'scenarios', 'basis', 'skew', 'depeg', 'apart'] as const;
export type WorstTerm = (typeof worstTerms)[number];

/** Losses that compete for the worst case, before any line's factor. */
export interface Worst { binding: WorstTerm; scenarios: number; basis: number; skew: number; depeg: number; apart: number }

/** How much of an account's safety rests on prices moving together. */
export interface Offsets {
  alone: number;
  joint: number;
  /** The part of `alone` that the roots pay for each other, 0 to 1. */
  part: number;
  believed: Thresholded;
  broken: Thresholded;
  /** By what everything follows: its loss in its own worst scenario, its gain in the worst joint one. */
  roots: { root: string; alone: number; joint: number }[];
}

/** Why an account's requirement is what it is; all money in USD. */
export interface MarginExplained {
  /** The scenario that loses most; null when no scenario loses. */
  binding: Scenario | null;
  scenarios: ScenarioChange[];
  collateral: Collateral[];
  contributions: Contribution[];
  requirement: Thresholded;
  /** The requirement taken apart; sums to it at each line. */
  parts: Required[];
  worst: Worst;
  offsets: Offsets;
  liquidationPrices: LiquidationPrice[];
}

export const readMargin = (r: Reader): MarginExplained => ({
  binding: r.at('binding').maybe(readScenario),
  scenarios: r.at('scenarios').list((s) => ({ id: s.at('id').label(), change: s.at('change').figure() })),
  collateral: r.at('collateral').list(readCollateral),
  contributions: r.at('contributions').list((c) => ({ instrument: c.at('instrument').text(), change: c.at('change').figure() })),
  requirement: readThresholded(r.at('requirement')),
  parts: r.at('parts').list(readRequired),
  worst: readWorst(r.at('worst')),
  offsets: readOffsets(r.at('offsets')),
  liquidationPrices: r.at('liquidationPrices').list(readLiquidationPrice),
});

const readScenario = (r: Reader): Scenario => ({
  id: r.at('id').label(),
  spot: r.at('spot').figure(),
  vol: r.at('vol').figure(),
  dampening: r.at('dampening').figure(),
});

const readCollateral = (r: Reader): Collateral => ({
  asset: r.at('asset').text(),
  net: r.at('net').figure(),
  value: r.at('value').figure(),
  haircut: r.at('haircut').figure(),
  counted: r.at('counted').figure(),
  change: r.at('change').figure(),
});

const readRequired = (r: Reader): Required => ({
  part: r.at('part').text(),
  instrument: r.at('instrument').maybe(text),
  asset: r.at('asset').maybe(text),
  required: readThresholded(r.at('required')),
});

const readWorst = (r: Reader): Worst => ({
  binding: r.at('binding').oneOf(worstTerms), scenarios: r.at('scenarios').figure(), basis: r.at('basis').figure(), skew: r.at('skew').figure(),
  depeg: r.at('depeg').figure(), apart: r.at('apart').figure(),
});

const readOffsets = (r: Reader): Offsets => ({
  alone: r.at('alone').figure(), joint: r.at('joint').figure(), part: r.at('part').figure(),
  believed: readThresholded(r.at('believed')), broken: readThresholded(r.at('broken')),
  roots: r.at('roots').list((o) => ({ root: o.at('root').text(), alone: o.at('alone').figure(), joint: o.at('joint').figure() })),
});

const readLiquidationPrice = (r: Reader): LiquidationPrice => ({
  underlying: r.at('underlying').text(),
  price: r.at('price').maybe(figure),
  below: r.at('below').maybe(figure),
  above: r.at('above').maybe(figure),
  state: r.at('state').oneOf(liquidationStates),
});
