import { expect, test } from 'vitest';
import type { PledgedAsset } from '../api/collateral';
import { byValue, capInWords, describe, share, tiersInWords } from './schedule';

const btc: PledgedAsset = {
  asset: 'BTC', class: 'major', follows: null, price: 8_000, tiers: [{ from: 0, haircut: 0.05 }, { from: 1e7, haircut: 0.125 }], kind: 'native', issuer: null,
  dynamicHaircut: null, dailyVolatility: null, verdict: { eligibility: 'eligible', score: null, reason: '' },
  accounts: 2, coins: 3, value: 24_000, counted: 22_800, haircut: 0.05, owed: 0, owedValue: 0, largest: null,
};

test('tiers are told as they apply', () => {
  expect(tiersInWords(btc.tiers)).toBe('5\u00a0%, 12.5\u00a0% from $10M');
  expect(tiersInWords([])).toBe('counts nothing');
  expect([0, 1, 0.025, 0.1].map(share)).toEqual(['0\u00a0%', '100\u00a0%', '2.5\u00a0%', '10\u00a0%']);
});

test('an asset is described by what is known of it', () => {
  expect(describe({ class: 'major', kind: 'native', follows: null, issuer: null })).toBe('major');
  expect(describe({ class: 'staked', kind: 'liquid-staked', follows: 'ETH', issuer: 'lido' })).toBe('liquid-staked, follows ETH, by lido');
  expect(describe({ class: 'alt', kind: null, follows: null, issuer: null })).toBe('alt');
});

test('a cap says whose holding it bounds', () => {
  const words = (scope: 'account' | 'owner' | 'issuer' | 'venue' | 'issuer-venue', of: string | null): string => capInWords({ scope, of, subject: 'X' });
  expect([words('account', 'bob'), words('owner', 'bob'), words('issuer', 'bob'), words('venue', null), words('issuer-venue', null)]).toEqual([
    'X of bob', 'X of bob and sub-accounts', 'All that X issues, of bob', 'X of all customers', 'All that X issues, of all customers',
  ]);
});

test('the most is first, and the order given is left alone', () => {
  const given = [{ ...btc, asset: 'A', value: 1 }, { ...btc, asset: 'B', value: 5 }, { ...btc, asset: 'C', value: 1 }];
  expect(byValue(given).map((a) => a.asset)).toEqual(['B', 'A', 'C']);
  expect(given.map((a) => a.asset)).toEqual(['A', 'B', 'C']);
});
