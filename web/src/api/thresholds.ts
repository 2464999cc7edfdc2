import { type MarginLine, marginLines } from './margin';
import { type Reader, figure } from './reader';

/**
 * USD notional that liquidates by the time the underlying is at `price`: longs below the spot, shorts above; cumulative.
 * At that price alone: how many accounts go, what closing their contracts trades (+ bought, − sold), what coins they must sell.
 */
export interface ThresholdPoint { price: number; longNotional: number; shortNotional: number; accounts: number; flow: number; collateralSold: number }
export interface Thresholds { underlying: string; points: ThresholdPoint[] }

export const readThresholds = (r: Reader): Thresholds => ({
  underlying: r.at('underlying').text(),
  points: r.at('points').list((p) => ({
    price: p.at('price').figure(),
    longNotional: p.at('longNotional').figure(),
    shortNotional: p.at('shortNotional').figure(),
    accounts: p.at('accounts').figure(),
    flow: p.at('flow').figure(),
    collateralSold: p.at('collateralSold').figure(),
  })),
});

export const thresholdStates = ['none', 'one', 'several', 'already'] as const;
export type ThresholdState = (typeof thresholdStates)[number];

/** Prices at which an account is below a line; an end that is null goes on as far as was looked. */
export interface Stretch { from: number | null; to: number | null }
export interface LineThresholds { line: MarginLine; state: ThresholdState; under: Stretch[] }
/** Where one underlying's price takes an account below each line, all else still. */
export interface UnderlyingThresholds { underlying: string; price: number; lines: LineThresholds[] }

export const readLiquidationPrices = (r: Reader): UnderlyingThresholds[] => r.at('underlyings').list(readUnderlying);

export const readUnderlying = (u: Reader): UnderlyingThresholds => ({
  underlying: u.at('underlying').text(),
  price: u.at('price').figure(),
  lines: u.at('lines').list((l) => ({
    line: l.at('line').oneOf(marginLines), state: l.at('state').oneOf(thresholdStates),
    under: l.at('under').list((s) => ({ from: s.at('from').maybe(figure), to: s.at('to').maybe(figure) })),
  })),
});
