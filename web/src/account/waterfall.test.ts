import { expect, test } from 'vitest';
import type { Required } from '../api/margin';
import { boundsOf, partOf, requiredBy, waterfall } from './waterfall';

const coin = (asset: string, value: number, counted: number) => ({ asset, net: value, value, haircut: 1 - counted / value, counted, change: 0 });
const part = (name: string, instrument: string | null, maintenance: number): Required =>
  ({ part: name, instrument, asset: instrument === null ? 'BTC' : null, required: { initial: 2 * maintenance, target: 1.5 * maintenance, maintenance } });
const parts = [part('scenarios', 'BTC-PERPETUAL', 60), part('scenarios', 'ETH-PERPETUAL', -10), part('naked-short', 'BTC-X-1-C', 5), part('close-out', null, 0)];
const requirement = { initial: 110, target: 82.5, maintenance: 55 };

test('every bar starts where the one before it ended, and the last is the health', () => {
  const falls = waterfall(100, { collateral: [coin('BTC', 80, 72), coin('LINK', 10, 8), coin('USDC', 10, 10)], parts, requirement }, 'maintenance');

  expect(falls.map((f) => f.name)).toEqual(['Equity', 'Haircut on BTC', 'Haircut on LINK', 'Counted', 'Worst scenario', 'Naked shorts', 'Health']);
  falls.forEach((f, i) => {
    if (!f.total) expect(f.from).toBe(falls[i - 1]?.to);
  });
  expect(falls[3]?.to).toBe(90);
  expect(falls[5]?.to).toBe(35);
  expect(falls[6]?.to).toBe(35);
});

test('another line has its own steps and its own health', () => {
  const falls = waterfall(90, { collateral: [coin('USDC', 90, 90)], parts, requirement }, 'initial');
  expect(falls.map((f) => [f.name, f.to])).toEqual([['Equity', 90], ['Counted', 90], ['Worst scenario', -10], ['Naked shorts', -20], ['Health', -20]]);
});

test('more haircuts than fit are told together and lose nothing', () => {
  const many = Array.from({ length: 9 }, (_, i) => coin(`A${i}`, 10, 9));
  const falls = waterfall(90, { collateral: many, parts, requirement }, 'maintenance');
  expect(falls.filter((f) => f.name.startsWith('Haircut'))).toHaveLength(7);
  expect(falls.find((f) => f.name === 'Haircuts on 3 more')?.to).toBeCloseTo(81, 9);
});

test('a part nobody knows keeps its name, and the sum stays whole', () => {
  const strange = { ...part('scenarios', null, 3), part: 'tidal-drag' };
  const falls = waterfall(90, { collateral: [coin('USDC', 90, 90)], parts: [...parts, strange], requirement: { ...requirement, maintenance: 58 } }, 'maintenance');
  expect(falls.at(-2)).toMatchObject({ name: 'Tidal drag', to: 32 });
  expect(falls.at(-1)?.to).toBe(32);
});

test('parts are summed by what they are for and by whom they are asked of', () => {
  expect(partOf({ parts }, 'scenarios', 'maintenance')).toBe(50);
  expect(requiredBy({ parts }, { instrument: 'ETH-PERPETUAL' }, 'initial')).toBe(-20);
  expect(requiredBy({ parts }, { asset: 'BTC' }, 'initial')).toBe(0);
});

test('the scale holds every bar and zero', () => {
  expect(boundsOf([{ name: '', total: true, from: 0, to: -45, means: '' }, { name: '', total: true, from: 0, to: 10, means: '' }])).toEqual({ low: -45, high: 10 });
  expect(boundsOf([])).toEqual({ low: 0, high: 1 });
});
