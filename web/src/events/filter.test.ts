import { expect, test } from 'vitest';
import type { VenueEvent } from '../api/events';
import { everything, newerThan, passes, toggled } from './filter';

const event = (kind: string, severity: VenueEvent['severity']): VenueEvent =>
  ({ sequence: 1, time: 1, kind, account: null, text: kind, severity });

test('a severity shut out stays out until it is let in again', () => {
  const quiet = toggled(everything, 'info');
  expect(passes(quiet, event('price', 'info'))).toBe(false);
  expect(passes(quiet, event('adl', 'critical'))).toBe(true);
  expect(passes(toggled(quiet, 'info'), event('price', 'info'))).toBe(true);
});

test('a kind chosen lets only that kind through', () => {
  const only = { ...everything, kind: 'adl' };
  expect([passes(only, event('adl', 'info')), passes(only, event('fund', 'info'))]).toEqual([true, false]);
});

test('what came since the pause is counted', () => {
  const [newest, older, stopped] = [event('a', 'info'), event('b', 'info'), event('c', 'info')];
  expect(newerThan([newest, older, stopped], stopped)).toBe(2);
});
