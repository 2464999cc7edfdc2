import { expect, test } from 'vitest';
import { Reader } from './reader';
import { bodyOf, readWhatIf } from './whatIf';

const none = { prices: {}, vol: 0, trade: null, coins: null };

test('a question is told as the API takes it', () => {
  expect(bodyOf(none)).toEqual({ liquidationPrices: true });
  expect(bodyOf({ prices: { BTC: -0.29, ETH: 0.5 }, vol: -0.07, trade: { instrument: 'X', size: '-1' }, coins: { asset: 'USDC', amount: '5' } })).toEqual({
    prices: { BTC: '-29%', ETH: '+50%' }, vols: { '*': '-7%' }, trades: [{ instrument: 'X', size: '-1' }], deposits: [{ asset: 'USDC', amount: '5' }], liquidationPrices: true,
  });
  expect(bodyOf({ ...none, coins: { asset: 'USDC', amount: '-5' } })).toEqual({ withdrawals: [{ asset: 'USDC', amount: '5' }], liquidationPrices: true });
});

test('an answer without prices has none', () => {
  const lines = { initial: 1, target: 1, maintenance: 1 };
  const side = { equity: 1, counted: 1, notional: 1, requirement: lines, health: lines, marginRatio: null, binding: null };
  const read = readWhatIf(new Reader({ at: '', account: { before: side, after: side, liquidationPrices: null } }, 'what-if'));
  expect(read.before.thresholds).toEqual([]);
  expect(read.after.marginRatio).toBeNull();
});
