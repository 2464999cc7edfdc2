import type { Reader } from './reader';

/** USD notional that liquidates by the time the underlying is at `price`: longs below the spot, shorts above; cumulative. */
export interface ThresholdPoint { price: number; longNotional: number; shortNotional: number }
export interface Thresholds { underlying: string; points: ThresholdPoint[] }

export const readThresholds = (r: Reader): Thresholds => ({
  underlying: r.at('underlying').text(),
  points: r.at('points').list((p) => ({
    price: p.at('price').figure(),
    longNotional: p.at('longNotional').figure(),
    shortNotional: p.at('shortNotional').figure(),
  })),
});
