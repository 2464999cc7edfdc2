import { expect, test } from 'vitest';
import type { Coverage } from '../api/venue';
import { horizonOf, worstHorizon, worstOf } from './worst';

const row = (asset: string, ...coverages: [number, number][]): Coverage => ({
  asset, claims: 1, holdings: 1, coverage: 1, survivalHours: null, byPlace: [],
  hourly: coverages.map(([hours, coverage]) => ({ hours, coverage, available: coverage })),
});
const headline = { asset: 'BTC', coverage: 0.9, survivalHours: 4, verdict: 'sunk', text: '' } as const;

test('the worst hour is the one covered least, of the asset the headline names', () => {
  const coverage = [row('ETH', [0, 0.5]), row('BTC', [0, 1.2], [4, 0.9], [24, 1.1])];
  expect(worstOf({ coverage, headline })).toEqual({ asset: 'BTC', hours: 4, coverage: 0.9 });
});

test('the earlier of two equal hours is named', () => expect(worstHorizon(row('BTC', [1, 0.9], [4, 0.9]))?.hours).toBe(1));

test('without a ladder there is no worst hour', () => {
  expect(worstOf({ coverage: [], headline })).toBeNull();
  expect(horizonOf([])).toBeNull();
});
