import { expect, test } from 'vitest';
import { placeOn, stretchOn } from './priceAxis';

test('today stands in the middle, a quarter and four times it at the ends', () => {
  expect(placeOn(100, 100)).toBe(50);
  expect(placeOn(25, 100)).toBeCloseTo(0, 9);
  expect(placeOn(400, 100)).toBeCloseTo(100, 9);
  expect(placeOn(200, 100)).toBeCloseTo(75, 9);
});

test('what cannot be placed is not placed', () => {
  for (const price of [0, -5, Number.NaN, 1, 1e9]) expect(placeOn(price, 100)).toBeNull();
  expect(placeOn(100, 0)).toBeNull();
});

test('a stretch is cut at the ends of the axis, and one beyond it is not drawn', () => {
  expect(stretchOn({ from: null, to: 50 }, 100)).toEqual({ left: 0, width: expect.closeTo(25, 9) as number });
  expect(stretchOn({ from: 200, to: null }, 100)).toEqual({ left: expect.closeTo(75, 9) as number, width: expect.closeTo(25, 9) as number });
  expect(stretchOn({ from: null, to: 10 }, 100)).toBeNull();
  expect(stretchOn({ from: 500, to: null }, 100)).toBeNull();
  expect(stretchOn({ from: null, to: null }, 100)).toEqual({ left: 0, width: 100 });
});
