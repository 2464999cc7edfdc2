import { expect, test } from 'vitest';
import { addressOf, placeOf } from './view';

test('the address names the view and its part', () => {
  expect(placeOf('')).toEqual({ view: 'desk', part: null });
  expect(placeOf('#/')).toEqual({ view: 'desk', part: null });
  expect(placeOf('#coverage')).toEqual({ view: 'desk', part: 'coverage' });
  expect(placeOf('#/exposure')).toEqual({ view: 'exposure', part: null });
  expect(placeOf('#/exposure/limits')).toEqual({ view: 'exposure', part: 'limits' });
  expect(placeOf('#/tides')).toEqual({ view: 'desk', part: null });
});

test('an address leads back to where it came from', () => {
  for (const at of [{ view: 'desk', part: null }, { view: 'desk', part: 'events' }, { view: 'exposure', part: null }, { view: 'exposure', part: 'hedge' }] as const)
    expect(placeOf(addressOf(at.view, at.part))).toEqual(at);
});
