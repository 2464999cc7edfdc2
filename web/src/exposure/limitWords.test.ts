import { expect, test } from 'vitest';
import type { Limit } from '../api/limits';
import { byUse, reasonOf, subjectOf, usedOf } from './limitWords';

const limit = (more: Partial<Limit>): Limit => ({
  limit: 'btc-delta', scope: 'venue', of: null, measure: 'delta', gross: false, underlying: 'BTC', bucket: null, breaches: 1, accounts: [],
  value: 12_300_000, soft: 8_000_000, hard: 10_000_000, utilisation: 1.23, level: 'hard', ...more,
});

test('a breach says whose, of what, by how much and what follows', () => {
  expect(reasonOf(limit({}))).toBe('Net delta of the venue in BTC is $12.3M, $2.30M beyond the hard line of $10.0M: only what reduces it is allowed.');
  expect(reasonOf(limit({ level: 'soft', value: 9e6, utilisation: 0.9 }))).toBe('Net delta of the venue in BTC is $9.00M, $1.00M beyond the soft line of $8.00M; the hard line is $10.0M.');
  expect(reasonOf(limit({ level: 'within', value: 0, utilisation: 0 }))).toBe('Net delta of the venue in BTC is $0, within $10.0M.');
});

test('every scope has a name', () => {
  expect(subjectOf(limit({ scope: 'class', of: 'maker', measure: 'vega', gross: true, underlying: null }))).toBe('gross vega of class maker');
  expect(subjectOf(limit({ scope: 'owner', of: 'fund-1' }))).toBe('net delta of fund-1 and sub-accounts in BTC');
  expect(subjectOf(limit({ scope: 'each' }))).toBe('net delta of each account in BTC');
  expect(subjectOf(limit({ measure: 'held', underlying: null, bucket: 'usdc-issuer' }))).toBe('what the venue holds in usdc-issuer');
});

test('a line at nothing leaves no room, and breaches come before what is merely full', () => {
  expect(usedOf(limit({ utilisation: null }))).toBe('no room');
  const sorted = byUse([limit({ limit: 'a', level: 'within', utilisation: 0.99 }), limit({ limit: 'b', level: 'hard', utilisation: 1.1 }), limit({ limit: 'c', level: 'soft', utilisation: 0.9 }), limit({ limit: 'd', level: 'hard', utilisation: null })]);
  expect(sorted.map((l) => l.limit)).toEqual(['d', 'b', 'c', 'a']);
});

test('a limit on each account names the one that uses it most, and counts those beyond', () => {
  const each = limit({ scope: 'each', breaches: 3, accounts: [{ account: 'whale-01', value: 12_300_000, level: 'hard' }] });
  expect(reasonOf(each)).toBe('Net delta of each account in BTC: whale-01 is $12.3M, $2.30M beyond the hard line of $10.0M: only what reduces it is allowed. 3 accounts are beyond a line.');
});
