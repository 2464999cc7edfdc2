import { expect, test } from 'vitest';
import { type GreekFigures, type Group, greeks } from '../api/exposure';
import { greekTable, shaded } from './greekLines';

const only = (delta: number, coins = 0): GreekFigures => ({ ...(Object.fromEntries(greeks.map((g) => [g, g === 'delta' ? delta : 0])) as GreekFigures), notional: Math.abs(delta), coins });
const of = (net: number, gross: number, coins = 0) => ({ net: only(net, coins), gross: only(gross, Math.abs(coins)) });
const unwound = { coins: 0, deltaCost: 0, vegaCost: 0, unfilled: 0, worst: 0 };
const names = { expiries: ['endless', 'day', 'month'], strikes: ['none', 'under-50', '95-105', 'over-200'] };
const group: Group = {
  name: 'All accounts',
  accounts: 3,
  underlyings: [
    { underlying: 'BTC', price: 8_000, unwound, ...of(-400, 1_200, 80) },
    { underlying: 'ETH', price: 200, unwound, ...of(100, 100) },
    { underlying: 'USDC', price: 1, unwound, ...of(0, 0, 5_000) },
  ],
  byExpiry: [
    { underlying: 'BTC', column: 'endless', ...of(400, 400) },
    { underlying: 'BTC', column: 'month', ...of(-800, 800) },
    { underlying: 'ETH', column: 'endless', ...of(100, 100) },
  ],
  byStrike: [
    { underlying: 'BTC', column: '95-105', ...of(-500, 500) },
    { underlying: 'BTC', column: 'under-50', ...of(-300, 300) },
  ],
};

test('each underlying with positions is a line, each expiry there is a column, and what is not held has no figure', () => {
  const table = greekTable(names, group, { greek: 'delta', gross: false, unit: 'usd', cut: 'expiry' });
  expect(table.columns).toEqual(['No end', '≤ 31 d', 'All', 'Coins']);
  expect(table.lines.map((l) => l.cells)).toEqual([[400, -800, -400, 80], [100, null, 100, 0], [500, -800, -300, 80]]);
});

test('by strike the columns are moneyness, the sum is of options alone, and who has none is no line', () => {
  const table = greekTable(names, group, { greek: 'delta', gross: false, unit: 'usd', cut: 'strike' });
  expect(table.columns).toEqual(['< 50 %', '95–105 %', 'Options']);
  expect(table.lines.map((l) => [l.key, ...l.cells])).toEqual([['BTC', -300, -500, -800]]);
});

test('coins stand beside delta alone', () => {
  expect(greekTable(names, group, { greek: 'vega', gross: false, unit: 'usd', cut: 'expiry' }).columns).toEqual(['No end', '≤ 31 d', 'All']);
});

test('gross is never under net, and coins of different kinds are never added', () => {
  const table = greekTable(names, group, { greek: 'delta', gross: true, unit: 'coin', cut: 'expiry' });
  expect(table.lines.map((l) => l.key)).toEqual(['BTC', 'ETH']);
  expect(table.lines[0]?.cells).toEqual([0.05, 0.1, 0.15, 0.01]);
});

test('colours are measured by the cells and not by their sums', () => {
  expect(shaded(greekTable(names, group, { greek: 'delta', gross: false, unit: 'usd', cut: 'expiry' }))).toEqual([400, -800, 100, null]);
});

test('a coin without a price has no figure in coin', () => {
  const unpriced = { ...group, underlyings: [{ underlying: 'BTC', price: null, unwound, ...of(-400, 1_200) }] };
  expect(greekTable(names, unpriced, { greek: 'delta', gross: false, unit: 'coin', cut: 'expiry' }).lines[0]?.cells).toEqual([null, null, null, null]);
});
