import { expect, test } from 'vitest';
import type { PledgedAsset } from '../api/collateral';
import { byValue, share, tiersInWords, verdictOf } from './schedule';

const btc: PledgedAsset = {
  asset: 'BTC', class: 'major', follows: null, price: 8_000, tiers: [{ from: 0, haircut: 0.05 }, { from: 1e7, haircut: 0.125 }], cap: null,
  accounts: 2, coins: 3, value: 24_000, counted: 22_800, haircut: 0.05, owed: 0, owedValue: 0, largest: null,
};

test('tiers are told as they apply', () => {
  expect(tiersInWords(btc.tiers)).toBe('5\u00a0%, 12.5\u00a0% from $10M');
  expect(tiersInWords([])).toBe('counts nothing');
  expect([0, 1, 0.025, 0.1].map(share)).toEqual(['0\u00a0%', '100\u00a0%', '2.5\u00a0%', '10\u00a0%']);
});

test('what counts says so, and what does not says why', () => {
  expect(verdictOf(btc)).toEqual({ counts: true, why: 'No cap per account.' });
  expect(verdictOf({ ...btc, cap: 5e6 }).why).toBe('At most $5M per account.');
  expect(verdictOf({ ...btc, tiers: [] })).toEqual({ counts: false, why: 'The rulebook does not name it.' });
  expect(verdictOf({ ...btc, tiers: [{ from: 0, haircut: 1 }] }).counts).toBe(false);
  expect(verdictOf({ ...btc, price: null }).why).toBe('It has no price yet.');
});

test('the most is first, and the order given is left alone', () => {
  const given = [{ ...btc, asset: 'A', value: 1 }, { ...btc, asset: 'B', value: 5 }, { ...btc, asset: 'C', value: 1 }];
  expect(byValue(given).map((a) => a.asset)).toEqual(['B', 'A', 'C']);
  expect(given.map((a) => a.asset)).toEqual(['A', 'B', 'C']);
});
