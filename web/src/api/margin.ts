import { type Thresholded, readThresholded } from './accounts';
import { type Reader, figure } from './reader';

/** One column of the venue's scenario grid. Spot and vol are relative moves; the whole column is dampened. */
export interface Scenario { id: string; spot: number; vol: number; dampening: number }
export interface ScenarioChange { id: string; change: number }
export interface Collateral { asset: string; net: number; value: number; haircut: number; counted: number }
export interface Contribution { instrument: string; change: number }

export const liquidationStates = ['price', 'none', 'already'] as const;
export interface LiquidationPrice { underlying: string; price: number | null; state: (typeof liquidationStates)[number] }

/** Why an account's requirement is what it is; all money in USD. */
export interface MarginExplained {
  /** The scenario that loses most; null when no scenario loses. */
  binding: Scenario | null;
  scenarios: ScenarioChange[];
  collateral: Collateral[];
  contributions: Contribution[];
  requirement: Thresholded;
  liquidationPrices: LiquidationPrice[];
}

export const readMargin = (r: Reader): MarginExplained => ({
  binding: r.at('binding').maybe(readScenario),
  scenarios: r.at('scenarios').list((s) => ({ id: s.at('id').label(), change: s.at('change').figure() })),
  collateral: r.at('collateral').list(readCollateral),
  contributions: r.at('contributions').list((c) => ({ instrument: c.at('instrument').text(), change: c.at('change').figure() })),
  requirement: readThresholded(r.at('requirement')),
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
});

const readLiquidationPrice = (r: Reader): LiquidationPrice => ({
  underlying: r.at('underlying').text(),
  price: r.at('price').maybe(figure),
  state: r.at('state').oneOf(liquidationStates),
});
