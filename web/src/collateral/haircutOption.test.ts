import { expect, test } from 'vitest';
import type { HistoryPoint } from '../api/history';
import { assetsWithHaircuts } from './haircutOption';

const point = (time: number, haircuts: Record<string, number>): HistoryPoint => ({ time, prices: {}, fund: 0, coverage: null, liquidated: 0, haircuts });

test('assets come by their last haircut, also one that is no longer named', () => {
  expect(assetsWithHaircuts([point(1, { BTC: 0.3, OLD: 0.2 }), point(2, { BTC: 0.1, ETH: 0.1, LINK: 0.4 })])).toEqual(['LINK', 'OLD', 'BTC', 'ETH']);
  expect(assetsWithHaircuts([])).toEqual([]);
});
