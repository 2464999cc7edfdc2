import { describe, expect, test } from 'vitest';
import { compact, covered, exact, fixed, percent, percentSigned, price, shortHash, tick, usd, usdSigned } from './numbers';
import { age, clockOf, dateOf, horizon, hours } from './time';

describe('money', () => {
  test.each([
    [0, '$0'], [0.5, '$0.50'], [12.345, '$12.35'], [999.4, '$999'], [1_234, '$1.23k'], [12_345, '$12.3k'], [123_456, '$123k'],
    [999_950, '$1.00M'], [1_234_567, '$1.23M'], [99_960_000, '$100M'], [2.5e9, '$2.50B'], [3.21e12, '$3.21T'],
  ])('%d reads %s', (value, shown) => expect(usd(value)).toBe(shown));

  test('a loss carries a true minus before the sign of the currency', () => expect(usd(-1_234_567)).toBe('−$1.23M'));
  test('what rounds to nothing has no sign', () => {
    expect(usd(-0.001)).toBe('$0.00');
    expect(fixed(-0.001, 2)).toBe('0.00');
  });
  test('a gain is marked where gains and losses stand together', () => {
    expect(usdSigned(1_500)).toBe('+$1.50k');
    expect(usdSigned(-1_500)).toBe('−$1.50k');
    expect(usdSigned(0)).toBe('$0');
  });
  test('no figure is a dash, never a zero', () => expect([usd(null), percent(null), price(null)]).toEqual(['–', '–', '–']));
  test('every size has three significant digits', () => {
    for (const value of [1.234e3, 12.34e3, 123.4e3, 1.234e6, 12.34e6, 123.4e6]) {
      expect(compact(value).replace(/\D/g, '')).toHaveLength(3);
    }
  });
});

test('an axis bears no idle zeros and loses no other', () => {
  expect([0, 2.5, 20, 90, 100, 6_000, 2_650_000, 4_200_000, 20_000_000].map(tick)).toEqual(['0', '2.5', '20', '90', '100', '6k', '2.65M', '4.2M', '20M']);
});

test('a fraction reads as a percentage', () => {
  expect(percent(1.0423)).toBe('104.2\u00a0%');
  expect(percent(-0.25, 0)).toBe('−25\u00a0%');
  expect(percentSigned(0.25, 0)).toBe('+25\u00a0%');
  expect(percent(500)).toBe('>9,999\u00a0%');
});

test('what is not wholly covered never reads as covered', () => {
  expect([covered(0.9999), covered(1), covered(1.15), covered(0.9996, 1)]).toEqual(['99\u00a0%', '100\u00a0%', '115\u00a0%', '99.9\u00a0%']);
});

test('a price keeps the digits that matter at its size', () => {
  expect([price(61_234.5), price(7_894.5), price(3.7397), price(0.12345)]).toEqual(['61,235', '7,894.50', '3.740', '0.12345']);
});

test('an exact amount loses no digit', () => {
  expect(exact('123456789012345678.000000000000000001')).toBe('123,456,789,012,345,678.000000000000000001');
  expect(exact('-1000')).toBe('−1,000');
  expect(exact('not a number')).toBe('not a number');
});

test('a hash is shown by its ends', () => expect(shortHash('abcdef0123456789abcdef')).toBe('abcdef01…cdef'));

test('time is said in the unit a desk would use', () => {
  expect([hours(0.75), hours(4.5), hours(4), hours(72), hours(240)]).toEqual(['45 min', '4.5 h', '4 h', '72 h', '10 d']);
  expect([horizon(0), horizon(24), horizon(168)]).toEqual(['now', '24 h', '7 d']);
  expect([age(0.42), age(42), age(600), age(7_200)]).toEqual(['0.4 s', '42 s', '10 min', '2.0 h']);
});

test('the venue keeps UTC', () => {
  const at = Date.parse('2020-03-12T10:42:07Z');
  expect(`${dateOf(at)} ${clockOf(at)}`).toBe('12 Mar 2020 10:42:07');
});
