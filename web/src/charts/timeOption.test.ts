import { expect, test } from 'vitest';
import type { HistoryPoint } from '../api/history';
import { assetsOf, indexed, pathOf } from './timeOption';

const points: HistoryPoint[] = [
  { time: 1, prices: { BTC: 8_000 }, fund: 1, coverage: null, liquidated: 0, haircuts: {} },
  { time: 2, prices: { BTC: 4_000, ETH: 200 }, fund: 1, coverage: null, liquidated: 0, haircuts: {} },
  { time: 3, prices: { BTC: 6_000, ETH: 100 }, fund: 1, coverage: null, liquidated: 0, haircuts: {} },
];

test('an indexed path starts at 100, whenever its first price comes', () => {
  expect(pathOf(points, 'BTC', indexed)).toEqual([[1, 100], [2, 50], [3, 75]]);
  expect(pathOf(points, 'ETH', indexed)).toEqual([[2, 100], [3, 50]]);
});

test('a single asset is drawn at its price, alone', () => {
  expect(pathOf(points, 'BTC', 'BTC')[1]).toEqual([2, 4_000]);
  expect(assetsOf(points, 'BTC')).toEqual(['BTC']);
  expect(assetsOf(points, indexed)).toEqual(['BTC', 'ETH']);
});
