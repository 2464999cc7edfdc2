import { expect, test } from 'vitest';
import { endsOf, placeOn, shortWordsOf, stretchOn, wordsOf } from './priceAxis';

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

test('none, one, several and already are told in words', () => {
  const told = (state: 'none' | 'one' | 'several' | 'already', ...under: { from: number | null; to: number | null }[]): string => wordsOf({ line: 'maintenance', state, under }, 100);
  expect(told('none')).toBe('none: no price of it liquidates');
  expect(told('one', { from: null, to: 80 })).toBe('below 80.000 (−20.0\u00a0%)');
  expect(told('several', { from: null, to: 50 }, { from: 150, to: 160 }, { from: 300, to: null })).toBe('below 50.000 (−50.0\u00a0%) · 150.00 (+50.0\u00a0%) to 160.00 (+60.0\u00a0%) · above 300.00 (+200.0\u00a0%)');
  expect(told('already', { from: null, to: 120 })).toBe('already under · below 120.00 (+20.0\u00a0%)');
  expect(told('already', { from: null, to: null })).toBe('already under · at every price looked at');
});

test('a table has room for few words', () => {
  const told = (state: 'none' | 'several' | 'already', ...under: { from: number | null; to: number | null }[]): string => shortWordsOf({ line: 'maintenance', state, under });
  expect([told('none'), told('already', { from: null, to: 120 }), told('several', { from: null, to: 50 }, { from: 150, to: null })]).toEqual(['at no price', 'already', '< 50.000, > 150.00']);
});

test('every end of a stretch is a threshold', () => {
  expect(endsOf([{ from: null, to: 50 }, { from: 150, to: 160 }, { from: null, to: null }])).toEqual([50, 150, 160]);
});
