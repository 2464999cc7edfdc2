import { expect, test } from 'vitest';
import type { WhatIfSide } from '../api/whatIf';
import { askOf, coinsWorth, isStill, partOf, still, verdictOf } from './whatIfModel';

const side = (counted: number): WhatIfSide => ({
  equity: counted, counted, notional: 0, requirement: { initial: 150, target: 125, maintenance: 100 },
  health: { initial: counted - 150, target: counted - 125, maintenance: counted - 100 }, marginRatio: 100 / counted, binding: null, thresholds: [],
});

test('still controls ask nothing', () => {
  expect(isStill(still)).toBe(true);
  expect(isStill({ ...still, prices: { BTC: 0 }, size: '0.00', amount: '-' })).toBe(true);
  expect(askOf(still)).toEqual({ ask: { prices: {}, vol: 0, trade: null, coins: null }, trouble: null });
});

test('what is moved, traded and paid in is asked', () => {
  const { ask, trouble } = askOf({ prices: { BTC: -25, ETH: 0 }, vol: 30, instrument: 'BTC_USDC-PERPETUAL', size: '+0.5', asset: 'USDC', amount: '-1000' });
  expect(ask).toEqual({ prices: { BTC: -0.25 }, vol: 0.3, trade: { instrument: 'BTC_USDC-PERPETUAL', size: '0.5' }, coins: { asset: 'USDC', amount: '-1000' } });
  expect(trouble).toBeNull();
});

test('what is no number asks nothing and says so', () => {
  for (const typed of ['abc', '1e9', '--1', '1,5', 'NaN', 'Infinity']) {
    const { ask, trouble } = askOf({ ...still, instrument: 'X', size: typed });
    expect(ask.trade).toBeNull();
    expect(trouble).toContain(typed);
  }
});

test('a part of a position is a whole number of lots', () => {
  expect(partOf({ size: '0.4' }, -100, '0.1')).toBe('-0.4');
  expect(partOf({ size: '-10' }, -50, '0.001')).toBe('5.000');
  expect(partOf({ size: '1' }, 1, '1')).toBe('');
  expect(partOf({ size: 'x' }, 10, '1')).toBe('');
});

test('coins are worth a part of the equity', () => {
  expect(coinsWorth(10_000, 50, 2_000, 18)).toBe('2.50000000');
  expect(coinsWorth(10_000, -10, 1, 6)).toBe('-1000.000000');
  expect(coinsWorth(10_000, 10, null, 6)).toBe('');
});

test('the sentence says which line is crossed', () => {
  expect(verdictOf(side(200), side(210))).toBe('It would stay above every line.');
  expect(verdictOf(side(200), side(140))).toBe('It would fall under the initial line: it may only reduce.');
  expect(verdictOf(side(200), side(110))).toBe('It would fall under the target line: it may only reduce.');
  expect(verdictOf(side(200), side(90))).toBe('It would be liquidated.');
  expect(verdictOf(side(90), side(80))).toBe('It would still be liquidated.');
  expect(verdictOf(side(90), side(110))).toBe('It would no longer be liquidated.');
  expect(verdictOf(side(140), side(200))).toBe('It would be above every line again.');
});
