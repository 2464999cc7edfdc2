import { expect, test } from 'vitest';
import type { Smile } from '../api/surface';
import { nearOf } from './smileOption';

const error = { quotes: 3, volatility: 0, outOfBand: 0 };
const strikes = [30, 60, 100, 180, 300];
const smile: Smile = {
  expiry: 0, name: '27MAR20', years: 0.1, forward: 100, forwardSource: 'venue', atTheMoney: 0.6, skew: 0, origin: 'fitted', density: 0.3, calendarStep: null,
  error, freeError: error, quotes: strikes.map((strike) => ({ strike, k: 0, bid: 0.5, mid: 0.6, ask: 0.7 })), curve: strikes.map((strike) => ({ strike, k: 0, volatility: 0.6, quoted: true })),
};

test('a few smiles are drawn whole, many only around the forward', () => {
  expect(nearOf([smile])(smile).quotes).toHaveLength(5);
  const many = nearOf([smile, smile, smile, smile])(smile);
  expect(many.quotes.map((q) => q.strike)).toEqual([60, 100, 180]);
  expect(many.curve.map((p) => p.strike)).toEqual([60, 100, 180]);
});
