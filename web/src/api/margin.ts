import { type Thresholded, readThresholded } from './accounts';
import { type Reader, figure } from './reader';

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

/** What one line requires: the larger of scenario and floor, and add-ons on top. */
export interface LineRequirement {
  line: MarginLine;
  scenario: number;
  floor: number;
  addOns: { name: string; amount: number }[];
  requirement: number;
  health: number;
}

/** Why an account's requirement is what it is; all money in USD. */
export interface MarginExplained {
  /** The scenario that loses most; null when no scenario loses. */
  binding: Scenario | null;
  scenarios: ScenarioChange[];
  collateral: Collateral[];
  contributions: Contribution[];
  requirement: Thresholded;
  lines: LineRequirement[];
  liquidationPrices: LiquidationPrice[];
}

export const readMargin = (r: Reader): MarginExplained => ({
  binding: r.at('binding').maybe(readScenario),
  scenarios: r.at('scenarios').list((s) => ({ id: s.at('id').label(), change: s.at('change').figure() })),
  collateral: r.at('collateral').list(readCollateral),
  contributions: r.at('contributions').list((c) => ({ instrument: c.at('instrument').text(), change: c.at('change').figure() })),
  requirement: readThresholded(r.at('requirement')),
  lines: r.at('lines').list(readLine),
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

const readLine = (r: Reader): LineRequirement => ({
  line: r.at('line').oneOf(marginLines),
  scenario: r.at('scenario').figure(),
  floor: r.at('floor').figure(),
  addOns: r.at('addOns').list((a) => ({ name: a.at('name').text(), amount: a.at('amount').figure() })),
  requirement: r.at('requirement').figure(),
  health: r.at('health').figure(),
});

const readLiquidationPrice = (r: Reader): LiquidationPrice => ({
  underlying: r.at('underlying').text(),
  price: r.at('price').maybe(figure),
  below: r.at('below').maybe(figure),
  above: r.at('above').maybe(figure),
  state: r.at('state').oneOf(liquidationStates),
});
