import { expect, test } from 'vitest';
import type { HedgeProposal, HedgedBand, UnderlyingHedge } from '../api/hedge';
import { bandsFor, outcomeOf, rangeOf, summaryOf } from './hedgeWords';

const band = (more: Partial<HedgedBand>): HedgedBand => ({ greek: 'delta', lower: -10, upper: 10, source: 'plan', before: 50, after: 10, breachBefore: 40, breachAfter: 0, obstacle: null, ...more });
const cost = { spread: 1, fees: 2, impact: 0, total: 3 };
const hedge = (more: Partial<UnderlyingHedge>): UnderlyingHedge => ({
  underlying: 'BTC', price: 8_000, complete: true, before: { delta: 50, gamma: -8, vega: 40, deltaCoins: 0.00625 }, after: { delta: 10, gamma: -8, vega: 40, deltaCoins: 0.00125 },
  bands: [], trades: [{ instrument: 'BTC-PERPETUAL', side: 'sell', size: '40', delta: -40, gamma: 0, vega: 0, cost }], cost, skipped: [], ladder: { spotMoves: [0], volatilityShifts: [0], before: [[0]], after: [[0]] }, ...more,
});
const proposal = (hedges: UnderlyingHedge[]): HedgeProposal => ({ at: 0, cost, hedges });

test('a band says where it lies and what became of it', () => {
  expect(rangeOf(band({}))).toBe('±$10.00');
  expect(rangeOf(band({ lower: 0, upper: null }))).toBe('≥ $0');
  expect(rangeOf(band({ lower: -5, upper: 10 }))).toBe('−$5.00 … $10.00');
  expect(outcomeOf(band({}))).toBe('brought inside');
  expect(outcomeOf(band({ breachBefore: 0, before: 5, after: 5 }))).toBe('inside, left alone');
  expect(outcomeOf(band({ obstacle: 'depth-spent' }))).toBe('still outside: the depth of every instrument that moves it is spent');
});

test('a proposal is one sentence, also where nothing is to be done or nothing can be', () => {
  expect(summaryOf(proposal([hedge({})]))).toBe('One trade for $3.00: every Greek comes within its band.');
  expect(summaryOf(proposal([hedge({ complete: false }), hedge({})]))).toBe('2 trades for $3.00: 1 underlying stays partly outside.');
  expect(summaryOf(proposal([hedge({ trades: [] })]))).toContain('trading would cost more');
  expect(summaryOf(proposal([hedge({ trades: [], complete: false })]))).toContain('No trade that is allowed');
  expect(summaryOf(proposal([]))).toContain('exposed to nothing');
});

test('gamma and vega are held to a quarter of what they are, and what is nothing needs no band', () => {
  expect(bandsFor('delta', proposal([hedge({})]))).toEqual([]);
  expect(bandsFor('all', proposal([hedge({})]))).toEqual([
    { underlying: 'BTC', greek: 'gamma', lower: -2, upper: 2 }, { underlying: 'BTC', greek: 'vega', lower: -10, upper: 10 },
  ]);
  expect(bandsFor('vega', proposal([hedge({ before: { delta: 1, gamma: 0, vega: 0, deltaCoins: 0 } })]))).toEqual([]);
});
