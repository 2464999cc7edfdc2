import { expect, test } from 'vitest';
import { endOf, heatOf, warmth } from './heat';

test('a scale ends at the next round number and stands still while figures move a little', () => {
  expect(endOf([1.2, -3])).toBe(5);
  expect(endOf([3.1])).toBe(endOf([4.9]));
  expect(endOf([1000])).toBe(1000);
  expect(endOf([1001])).toBe(2000);
  expect(endOf([0.00031, null])).toBeCloseTo(0.0005, 12);
});

test('nothing to show has no scale and no heat', () => {
  expect(endOf([])).toBe(0);
  expect(endOf([0, null, Number.NaN])).toBe(0);
  expect(heatOf(5, 0)).toBe(0);
  expect(heatOf(null, 10)).toBe(0);
  expect(heatOf(Number.NaN, 10)).toBe(0);
});

test('heat keeps the sign, is even around zero and never leaves its ends', () => {
  expect(heatOf(-10, 10)).toBe(-1);
  expect(heatOf(40, 10)).toBe(1);
  expect(heatOf(2.5, 10)).toBe(-heatOf(-2.5, 10));
  expect(heatOf(2.5, 10)).toBeCloseTo(0.5, 12);
  expect(warmth(-0.5)['--heat']).toBe('35%');
});
