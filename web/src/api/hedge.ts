import { type Reader, figure, text } from './reader';

/** Money in USD: delta, gamma per 1 %, vega per volatility point; and delta in coins. */
export interface Sensitivities { delta: number; gamma: number; vega: number; deltaCoins: number }
export interface HedgeCost { spread: number; fees: number; impact: number; total: number }

export interface HedgedBand {
  greek: string;
  lower: number | null;
  upper: number | null;
  /** `plan`, or `no-trade` where trading back costs more than it saves. */
  source: string;
  before: number;
  after: number;
  breachBefore: number;
  breachAfter: number;
  /** Why it is still outside; null inside. */
  obstacle: string | null;
}

export interface HedgeTrade { instrument: string; side: string; size: string; delta: number; gamma: number; vega: number; cost: HedgeCost }

/** Gains in USD: `[v][s]` is volatility shift v and move s; after counts what the trades cost. */
export interface Ladder { spotMoves: number[]; volatilityShifts: number[]; before: number[][]; after: number[][] }

export interface UnderlyingHedge {
  underlying: string;
  price: number;
  complete: boolean;
  before: Sensitivities;
  after: Sensitivities;
  bands: HedgedBand[];
  trades: HedgeTrade[];
  cost: HedgeCost;
  skipped: { instrument: string; why: string }[];
  ladder: Ladder;
}

export interface HedgeProposal { at: number; cost: HedgeCost; hedges: UnderlyingHedge[] }

export const readProposal = (r: Reader): HedgeProposal => ({
  at: r.at('at').time(),
  cost: readCost(r.at('cost')),
  hedges: r.at('hedges').list(readHedge),
});

const readHedge = (r: Reader): UnderlyingHedge => ({
  underlying: r.at('underlying').text(),
  price: r.at('price').figure(),
  complete: r.at('complete').flag(),
  before: readSensitivities(r.at('before')),
  after: readSensitivities(r.at('after')),
  bands: r.at('bands').list(readBand),
  trades: r.at('trades').list(readTrade),
  cost: readCost(r.at('cost')),
  skipped: r.at('skipped').list((s) => ({ instrument: s.at('instrument').text(), why: s.at('why').text() })),
  ladder: readLadder(r.at('ladder')),
});

const readSensitivities = (r: Reader): Sensitivities => ({
  delta: r.at('delta').figure(), gamma: r.at('gamma').figure(), vega: r.at('vega').figure(), deltaCoins: r.at('deltaCoins').figure(),
});

const readCost = (r: Reader): HedgeCost => ({
  spread: r.at('spread').figure(), fees: r.at('fees').figure(), impact: r.at('impact').figure(), total: r.at('total').figure(),
});

const readBand = (r: Reader): HedgedBand => ({
  greek: r.at('greek').text(),
  lower: r.at('lower').maybe(figure),
  upper: r.at('upper').maybe(figure),
  source: r.at('source').text(),
  before: r.at('before').figure(),
  after: r.at('after').figure(),
  breachBefore: r.at('breachBefore').figure(),
  breachAfter: r.at('breachAfter').figure(),
  obstacle: r.at('obstacle').maybe(text),
});

const readTrade = (r: Reader): HedgeTrade => ({
  instrument: r.at('instrument').text(),
  side: r.at('side').text(),
  size: r.at('size').exact(),
  delta: r.at('delta').figure(),
  gamma: r.at('gamma').figure(),
  vega: r.at('vega').figure(),
  cost: readCost(r.at('cost')),
});

const readLadder = (r: Reader): Ladder => ({
  spotMoves: r.at('spotMoves').list(figure),
  volatilityShifts: r.at('volatilityShifts').list(figure),
  before: r.at('before').list((row) => row.list(figure)),
  after: r.at('after').list((row) => row.list(figure)),
});
