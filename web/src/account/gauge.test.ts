import { expect, test } from 'vitest';
import { scaleOf, scoreOf, standingOf } from './gauge';

const lines = { initial: 150, target: 125, maintenance: 100 };

test('collateral stands over, between or under the lines', () => {
  expect([151, 150, 149, 124, 99, -5].map((counted) => standingOf({ counted, ...lines }))).toEqual(['open', 'open', 'held', 'called', 'sunk', 'sunk']);
  expect(standingOf({ counted: 0, initial: 0, target: 0, maintenance: 0 })).toBe('open');
});

test('the lines keep their distance however much collateral there is', () => {
  const rich = scaleOf({ counted: 1e9, ...lines });
  expect(rich.runsOff).toBe(true);
  expect(rich.at(lines.initial) - rich.at(lines.maintenance)).toBeGreaterThan(10);
  expect(scaleOf({ counted: 120, ...lines }).runsOff).toBe(false);
});

test('a gauge without collateral or lines is empty, and no place lies outside it', () => {
  expect(scaleOf({ counted: 0, initial: 0, target: 0, maintenance: 0 }).at(0)).toBe(0);
  expect(scaleOf({ counted: -50, ...lines }).at(-50)).toBe(0);
  expect(scaleOf({ counted: 40, initial: 0, target: 0, maintenance: 0 }).at(40)).toBe(100);
});

test('the score is what maintenance leaves of the collateral', () => {
  expect(scoreOf(200, 50)).toBe(75);
  expect(scoreOf(50, 200)).toBe(0);
  expect(scoreOf(0, 0)).toBeNull();
  expect(scoreOf(-1, 0)).toBe(0);
});
