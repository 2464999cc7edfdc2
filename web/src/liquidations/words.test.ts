import { describe, expect, it } from 'vitest';
import type { Notice } from '../api/liquidations';
import { countdown, deliveryOf, inTrouble, nameOf, standingOf, widthOf } from './words';

const notice: Notice = { id: '1-0', time: 0, kind: 'margin-call', severity: 'warning', account: 'a', text: '', open: true, acknowledgedBy: null, closedAt: null, deliveries: [] };

describe('the funnel', () => {
  it('gives nobody no width, one in ten thousand some, and the most all of it', () => {
    expect(widthOf(0, 10_000)).toBe(0);
    expect(widthOf(1, 10_000)).toBeGreaterThan(0.1);
    expect(widthOf(10_000, 10_000)).toBeCloseTo(1);
    expect(widthOf(3, 0)).toBe(0);
  });

  it('counts everybody but the healthy, and names a stage it does not know by its own word', () => {
    const at = (stage: string, accounts: number) => ({ stage, accounts, equity: 0, notional: 0 });
    expect(inTrouble([at('healthy', 100), at('called', 3), at('bankrupt', 1)])).toBe(4);
    expect([nameOf('liquidating'), nameOf('ringfenced')]).toEqual(['Selling', 'ringfenced']);
  });
});

it('counts down by the second, then by the hour, then by the day', () => {
  expect([0, -5_000, 5_000, 65_400, 3_725_000, 49 * 3_600_000].map((left) => countdown(left, 0))).toEqual(['due', 'due', '0:05', '1:06', '1:02:05', '2 d']);
});

it('says who has seen a notice and how far it has come', () => {
  expect(standingOf(notice)).toBe('nobody has seen it');
  expect(standingOf({ ...notice, open: false, closedAt: 5 })).toBe('over');
  expect(standingOf({ ...notice, open: false, acknowledgedBy: 'ann' })).toBe('seen by ann');
  expect(deliveryOf({ endpoint: 'desk', state: 'waiting', attempts: 3, reason: 'HTTP 500' })).toBe('waits for desk, 3 attempts: HTTP 500');
  expect(deliveryOf({ endpoint: 'desk', state: 'delivered', attempts: 1, reason: null })).toBe('reached desk');
});
