import { expect, test } from 'vitest';
import { addressOf, placeOf } from './view';

test('the address names the view and its part', () => {
  expect(placeOf('')).toEqual({ view: 'desk', account: null, part: null });
  expect(placeOf('#/')).toEqual({ view: 'desk', account: null, part: null });
  expect(placeOf('#coverage')).toEqual({ view: 'desk', account: null, part: 'coverage' });
  expect(placeOf('#/exposure')).toEqual({ view: 'exposure', account: null, part: null });
  expect(placeOf('#/exposure/limits')).toEqual({ view: 'exposure', account: null, part: 'limits' });
  expect(placeOf('#/collateral/caps')).toEqual({ view: 'collateral', account: null, part: 'caps' });
  expect(placeOf('#/tides')).toEqual({ view: 'desk', account: null, part: null });
});

test('an account is named by its address, whatever was written there', () => {
  expect(placeOf('#/account')).toEqual({ view: 'account', account: null, part: null });
  expect(placeOf('#/account/')).toEqual({ view: 'account', account: null, part: null });
  expect(placeOf('#/account/maker-00')).toEqual({ view: 'account', account: 'maker-00', part: null });
  expect(placeOf('#/account/a.b_c-1/scenarios')).toEqual({ view: 'account', account: 'a.b_c-1', part: 'scenarios' });
  expect(placeOf('#/account/%3Cb%3E')).toEqual({ view: 'account', account: '<b>', part: null });
  expect(placeOf('#/account/100%')).toEqual({ view: 'account', account: '100%', part: null });
});

test('an address leads back to where it came from', () => {
  const places = [
    ['desk', null, null], ['desk', 'events', null], ['exposure', null, null], ['exposure', 'hedge', null], ['collateral', 'haircuts', null],
    ['account', null, null], ['account', null, 'a/b %'], ['account', 'whatif', 'maker-00'],
  ] as const;
  for (const [view, part, account] of places) expect(placeOf(addressOf(view, part, account))).toEqual({ view, part, account });
});
