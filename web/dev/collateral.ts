import { margin } from './answers.ts';
import { haircuts } from './customers.ts';
import { assets } from './prices.ts';
import type { World } from './world.ts';

type Row = World['rows'][number];

/** Invented answers for the account's and the collateral's views. They have the shape of the API's; the arithmetic only looks alike. */
export function collateral(world: World) {
  const pledged = assets.map((asset) => {
    const holders = world.rows.filter(({ customer: c }) => (asset === 'BTC' ? c.coins > 0 : asset === 'USDC'));
    const coins = holders.reduce((sum, { customer: c }) => sum + (asset === 'BTC' ? c.coins : Math.max(0, c.cash)), 0);
    const value = coins * world.price(asset);
    const haircut = asset === 'USDC' ? haircuts.USDC : asset === 'BTC' ? haircuts.BTC : 0.2;
    return {
      asset, class: asset === 'USDC' ? 'stable' : asset === 'LINK' ? 'alt' : asset === 'STETH' ? 'staked' : 'major', follows: asset === 'STETH' ? 'ETH' : null, price: world.price(asset),
      tiers: asset === 'STETH' ? [] : [{ from: 0, haircut }, { from: 1e7, haircut: haircut + 0.05 }], kind: asset === 'STETH' ? null : asset === 'USDC' ? 'stablecoin' : 'native', issuer: asset === 'USDC' ? 'coin-issuer' : null,
      dynamicHaircut: asset === 'BTC' ? 0.08 : null, dailyVolatility: asset === 'BTC' ? 0.04 : null, verdict: asset === 'STETH' ? { eligibility: 'refused', score: null, reason: 'the rulebook does not name it' } : { eligibility: 'eligible', score: 100, reason: 'eligible: all marks are met' }, accounts: holders.length, coins, value,
      counted: value * (1 - haircut), haircut: value > 0 ? haircut : null, owed: 0, owedValue: 0, largest: holders[0] === undefined ? null : { account: holders[0].customer.account, value: value / 9 },
    };
  });
  const moving = ['BTC', 'ETH', 'LINK'];
  return {
    at: world.iso(), sequence: world.sequence, assets: pledged,
    caps: world.rows.slice(0, 3).map(({ customer: c }, i) => ({ scope: 'account', of: c.account, subject: 'BTC', used: 5.5e6 - 2e6 * i, cap: 5e6, utilisation: (5.5e6 - 2e6 * i) / 5e6 })),
    loans: [{ asset: 'USDC', lent: 4.1e6, lentValue: 4.1e6, utilisation: 0.42, annualRate: 0.061, cap: 1e7, ownerCap: null, loanToValue: 0.8, liquidationThreshold: 0.9 }],
    correlation: { underlyings: moving, matrix: moving.map((_, i) => moving.map((__, j) => (i === j ? 1 : 0.9 - 0.1 * (i + j)))), hours: 168, known: Math.floor(world.hours), least: 12 },
  };
}

export function liquidationPrices(world: World, row: Row) {
  const { customer: c } = row;
  return { account: c.account, at: world.iso(), underlyings: thresholdsOf(world, row) };
}

function thresholdsOf(world: World, row: Row) {
  const { liquidationPrices: [found] } = margin(world, row);
  const under = found === undefined || found.state !== 'price' ? [] : [{ from: found.above, to: found.below }];
  const line = (name: string) => ({ line: name, state: found?.state === 'already' ? 'already' : under.length === 0 ? 'none' : 'one', under });
  return [{ underlying: row.customer.underlying, price: world.price(row.customer.underlying), lines: ['initial', 'target', 'maintenance'].map(line) }];
}

/** Only prices move what is answered here. */
export function whatIf(world: World, row: Row, body: { prices?: Record<string, string> }) {
  const told = margin(world, row);
  const move = Number.parseFloat(body.prices?.[row.customer.underlying] ?? '0') / 100;
  const gain = row.customer.size * world.price(row.customer.underlying) * move;
  const side = (gained: number, factor: number) => ({
    equity: row.judged.equity + gained, counted: row.judged.counted + gained, notional: row.judged.notional * factor,
    requirement: { initial: row.judged.initial * factor, target: row.judged.target * factor, maintenance: row.judged.maintenance * factor },
    health: { initial: row.judged.counted + gained - row.judged.initial * factor, target: row.judged.counted + gained - row.judged.target * factor, maintenance: row.judged.counted + gained - row.judged.maintenance * factor },
    marginRatio: row.judged.ratio, binding: told.binding?.id ?? null,
  });
  return { at: world.iso(), others: [], account: { account: row.customer.account, before: side(0, 1), after: side(gain, 1 + move), lines: [], steps: [], liquidationPrices: { before: thresholdsOf(world, row), after: thresholdsOf(world, row) } } };
}

export const efficiency = ({ customer: c, judged: j }: Row) => ({
  account: c.account, notional: j.notional, locked: j.initial, notionalPerLocked: j.initial > 0 ? j.notional / j.initial : null, used: j.counted > 0 ? j.initial / j.counted : null,
  lostToHaircuts: j.equity - j.counted, freeHealth: Math.max(0, j.counted - j.initial), free: [{ asset: 'USDC', free: Math.max(0, j.counted - j.initial).toFixed(6), value: Math.max(0, j.counted - j.initial) }],
  modes: (['portfolio', 'cross'] as const).map((mode, i) => ({ mode, initial: j.initial * (1 + i), maintenance: j.maintenance * (1 + i) })),
});
