import { expect, test } from 'vitest';
import type { LineRequirement } from '../api/margin';
import { boundsOf, waterfall } from './waterfall';

const coin = (asset: string, value: number, counted: number) => ({ asset, net: value, value, haircut: 1 - counted / value, counted, change: 0 });
const line: LineRequirement = { line: 'maintenance', scenario: 30, floor: 50, addOns: [{ name: 'naked shorts', amount: 5 }], requirement: 55, health: 35 };

test('every bar starts where the one before it ended, and the last is the health', () => {
  const falls = waterfall(100, { collateral: [coin('BTC', 80, 72), coin('LINK', 10, 8), coin('USDC', 10, 10)] }, line);

  expect(falls.map((f) => f.name)).toEqual(['Equity', 'Haircut on BTC', 'Haircut on LINK', 'Counted', 'Worst scenario', 'Floor above it', 'Naked shorts', 'Health']);
  falls.forEach((f, i) => {
    if (!f.total) expect(f.from).toBe(falls[i - 1]?.to);
  });
  expect(falls[3]?.to).toBe(90);
  expect(falls[6]?.to).toBe(35);
  expect(falls[7]?.to).toBe(35);
});

test('a floor below the scenario asks nothing more', () => {
  const falls = waterfall(90, { collateral: [] }, { ...line, floor: 10, addOns: [], requirement: 30, health: 60 });
  expect(falls.map((f) => f.name)).toEqual(['Equity', 'Counted', 'Worst scenario', 'Health']);
});

test('more haircuts than fit are told together and lose nothing', () => {
  const many = Array.from({ length: 9 }, (_, i) => coin(`A${i}`, 10, 9));
  const falls = waterfall(90, { collateral: many }, { ...line, requirement: 55, health: 26 });
  expect(falls.filter((f) => f.name.startsWith('Haircut'))).toHaveLength(7);
  expect(falls.find((f) => f.name === 'Haircuts on 3 more')?.to).toBeCloseTo(81, 9);
});

test('the scale holds every bar and zero', () => {
  expect(boundsOf(waterfall(10, { collateral: [] }, { ...line, requirement: 55, health: -45 }))).toEqual({ low: -45, high: 10 });
  expect(boundsOf([])).toEqual({ low: 0, high: 1 });
});
