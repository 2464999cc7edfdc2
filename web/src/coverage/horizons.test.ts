import { expect, test } from 'vitest';
import { columnsOf, worstUpTo } from './horizons';
import { shadeOf } from './shade';

const at = (hours: number, coverage: number) => ({ hours, coverage, available: coverage });

test('a short ladder shows every hour', () => expect(columnsOf([24, 0, 1, 4])).toEqual([0, 1, 4, 24]));

test('a ladder of every hour shows few columns, the first and last among them', () => {
  const picked = columnsOf(Array.from({ length: 73 }, (_, i) => i));
  expect(picked.length).toBeLessThanOrEqual(9);
  expect([picked[0], picked.at(-1)]).toEqual([0, 72]);
});

test('a bad hour between two columns is shown in the later one', () => {
  const row = [at(0, 1.5), at(1, 1.4), at(2, 0.8), at(4, 1.3)];
  expect(worstUpTo(row, 1, 4)?.hours).toBe(2);
  expect(worstUpTo(row, null, 1)?.coverage).toBe(1.4);
  expect(worstUpTo(row, 4, 8)).toBeNull();
});

test('one is covered, the least below one is not', () => {
  expect([shadeOf(1), shadeOf(0.9999)]).toEqual(['thin', 'under']);
});
