import { expect, test } from 'vitest';
import type { VenueEvent } from '../api/events';
import type { HistoryPoint } from '../api/history';
import type { Venue } from '../api/venue';
import { mergeEvents, most, reduce, thin } from './reduce';
import { empty } from './state';
import { DeskStore } from './store';

const event = (sequence: number, text = 'Called'): VenueEvent =>
  ({ sequence, time: sequence, kind: 'margin-call', account: 'a', text, severity: 'warning' });
const point = (time: number, liquidated = 1): HistoryPoint => ({ time, prices: { BTC: 100 }, fund: 1, coverage: 1, liquidated, haircuts: {} });
const venue = (sequence: number): Venue => ({ sequence, name: 'Quay' }) as Venue;
const liquidated = (points: readonly HistoryPoint[]): number => points.reduce((sum, p) => sum + p.liquidated, 0);

test('events stand newest first, each once, however often they are told', () => {
  const first = mergeEvents([], [event(1), event(2), event(2, 'Liquidated')]);
  const again = mergeEvents(first, [event(2, 'Liquidated'), event(3), event(2)]);
  expect(again.map((e) => `${e.sequence} ${e.text}`)).toEqual(['3 Called', '2 Liquidated', '2 Called', '1 Called']);
});

test('telling nothing new leaves the list itself untouched', () => {
  const known = mergeEvents([], [event(1), event(2)]);
  expect(mergeEvents(known, [event(2)])).toBe(known);
});

test('the event list is bounded and keeps the newest', () => {
  const many = mergeEvents([], Array.from({ length: most.events + 50 }, (_, i) => event(i)));
  expect(many).toHaveLength(most.events);
  expect(many[0]?.sequence).toBe(most.events + 49);
});

test('thinning keeps the ends, the order and everything that was liquidated', () => {
  const points = Array.from({ length: most.points + 501 }, (_, i) => point(i, i));
  const thinned = thin(points);
  expect(thinned.length).toBeLessThanOrEqual(most.points);
  expect(thinned.at(-1)).toBe(points.at(-1));
  expect(liquidated(thinned)).toBe(liquidated(points));
  expect(thinned.every((p, i) => i === 0 || p.time > (thinned[i - 1]?.time ?? 0))).toBe(true);
});

test('history grows forward only, and the same moment is told once', () => {
  const at5 = reduce({ ...empty, history: [point(4)] }, { kind: 'point', point: point(5, 7) });
  const again = reduce(at5, { kind: 'point', point: point(5, 8) });
  const earlier = reduce(again, { kind: 'point', point: point(3) });
  expect(earlier.history.map((p) => [p.time, p.liquidated])).toEqual([[4, 1], [5, 8]]);
});

test('a venue that starts again takes nothing of the old one with it', () => {
  const old = { ...empty, venue: venue(900), history: [point(1)], events: [event(1)] };
  expect(reduce(old, { kind: 'venue', venue: venue(3) })).toMatchObject({ history: [], events: [], epoch: 1 });
  expect(reduce(old, { kind: 'venue', venue: venue(901) }).history).toBe(old.history);
});

test('however many changes come between two frames, readers hear once', () => {
  let flush = (): void => undefined;
  let heard = 0;
  const store = new DeskStore((f) => { flush = f; });
  store.subscribe(() => { heard += 1; });
  for (let i = 1; i <= 10; i++) store.push({ kind: 'venue', venue: venue(i) });
  expect(heard).toBe(0);
  flush();
  expect(heard).toBe(1);
  expect(store.get().venue?.sequence).toBe(10);
});
