import { expect, test } from 'vitest';
import type { AccountRow } from '../api/accounts';
import { nextOrder, orderedBy, ratio, sortState } from './columns';
import { inSight, movedTo, overlaid, refreshed } from './rows';

const row = (account: string, distance = 0): AccountRow => ({ account, distance }) as AccountRow;
const names = (rows: readonly AccountRow[]): string => rows.map((r) => r.account).join('');

test('streamed rows stand on top, each account once, and the page keeps its length', () => {
  const page = [...'abcdef'].map((name) => row(name));
  expect(names(overlaid(page, [row('x'), row('c')]))).toBe('xcabde');
  expect(overlaid(page, [])).toBe(page);
});

test('a held order takes new figures and keeps its accounts', () => {
  const held = refreshed([row('b', 2), row('a', 1)], [row('a', 9), row('z', 0)]);
  expect(held.map((r) => [r.account, r.distance])).toEqual([['b', 2], ['a', 9]]);
});

test('only the rows in sight and a few around them are drawn', () => {
  expect(inSight(3_000, 300, 30, 1_000_000)).toEqual({ first: 94, last: 116 });
  expect(inSight(0, 300, 30, 3)).toEqual({ first: 0, last: 2 });
  expect(inSight(0, 300, 30, 0).last).toBe(-1);
});

test('keys move within the table and never out of it', () => {
  expect(movedTo('ArrowUp', 0, 10, 50)).toBe(0);
  expect(movedTo('PageDown', 45, 10, 50)).toBe(49);
  expect(movedTo('End', 3, 10, 50)).toBe(49);
  expect(movedTo('x', 3, 10, 50)).toBeNull();
  expect(movedTo('ArrowDown', 0, 10, 0)).toBeNull();
});

test('a second press on a column turns its order round', () => {
  expect(nextOrder('distance', 'equity')).toBe('equity');
  expect(nextOrder('equity', 'equity')).toBe('-equity');
  expect(nextOrder('-equity', 'equity')).toBe('equity');
  expect(sortState('-equity', 'equity')).toBe('descending');
  expect(orderedBy('-equity')).toBe('equity');
});

test('a ratio far beyond all bounds says only that', () => expect([ratio(0.5), ratio(99), ratio(null)]).toEqual(['50.0\u00a0%', '>1,000\u00a0%', '–']));
