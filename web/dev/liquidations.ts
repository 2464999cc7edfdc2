import { assets } from './prices.ts';
import type { World } from './world.ts';

const order = ['healthy', 'warned', 'called', 'liquidating', 'liquidated', 'auctioned', 'backstopped', 'deleveraged', 'bankrupt'];
type Row = World['rows'][number];

const stageOf = ({ customer: c, judged: j }: Row): string => {
  if (c.phase === 'closed') return 'liquidated';
  if (c.phase === 'healthy' && j.counted < 1.3 * j.maintenance) return 'warned';
  return c.phase === 'liquidating' && c.account.endsWith('7') ? 'auctioned' : c.phase;
};

export function funnel(world: World) {
  const stages = order.map((stage) => ({ stage, accounts: 0, equity: 0, notional: 0 }));
  for (const row of world.rows) {
    const stage = stages.find((s) => s.stage === stageOf(row));
    if (stage === undefined) continue;
    stage.accounts += 1;
    stage.equity += row.judged.equity;
    stage.notional += row.judged.notional;
  }
  const cascades = (['BTC', 'ETH', 'LINK'] as const).map((underlying, i) => {
    const forced = 40_000 * (1 + 60 * Math.max(0, 1 - world.price('BTC') / 8_000)) / (i + 1);
    const moved = forced * [2e-10, 2e-9, 2e-8][i]!;
    return { underlying, forced, moved, multiplier: moved < 0.01 ? 1 / (1 - moved / 0.01) : null, endless: moved >= 0.01 };
  });
  return { at: world.iso(), stages, cascades };
}

const inTrouble = (world: World): Row[] => world.rows.filter((r) => ['called', 'liquidating'].includes(r.customer.phase)).slice(0, 60);
const at = (world: World, seconds: number): string => new Date(Date.parse(world.iso()) + 1_000 * seconds).toISOString();

export function plans(world: World) {
  return {
    phases: true, total: inTrouble(world).length,
    plans: inTrouble(world).map((r, i) => {
      const stage = stageOf(r) === 'auctioned' ? 'auctioned' : r.customer.phase === 'called' ? 'called' : i % 9 === 8 ? 'last-resort' : 'slicing';
      const cost = 0.012 * r.judged.notional;
      return {
        account: r.customer.account, stage, cause: 'maintenance-breached', since: at(world, -90), dueAt: stage === 'called' || stage === 'auctioned' ? at(world, 60 * (i + 1) - 70) : null,
        slices: stage === 'called' ? 0 : 1 + (i % 5), next: stage === 'called' ? null : `sells ${(r.customer.size * 0.2).toFixed(3)} of ${r.customer.underlying}_USDC-PERPETUAL`,
        plannedCost: cost, expectedCost: cost * 0.6, realisedCost: cost * (0.5 + (i % 4) * 0.1),
      };
    }),
  };
}

export function auctions(world: World) {
  return {
    configured: true, total: inTrouble(world).filter((r) => stageOf(r) === 'auctioned').length,
    auctions: inTrouble(world).filter((r) => stageOf(r) === 'auctioned').slice(0, 8).map((r, i) => ({
      account: r.customer.account, form: i % 4 === 3 ? 'insolvent' : 'solvent', openedAt: at(world, -60 * (i + 1)), endsAt: at(world, 240 - 20 * i), discount: 0.02 + 0.01 * i, nextStepAt: at(world, 8 + i),
      equity: r.judged.equity, notional: r.judged.notional, reserved: 120 * i,
    })),
  };
}

export function fund(world: World) {
  const given = world.fundStart - world.fund;
  return {
    configured: true, deleveraged: 41_000 * world.counters.adl, socialised: world.badDebt, ownFunds: 0, outstanding: 0,
    layers: [
      { layer: 'Fees', balance: 180_000, drawn: Math.max(0, Math.min(given, 220_000)), drawnInPeriod: 40_000, mostInPeriod: 250_000 },
      { layer: 'First-loss vault', balance: 900_000, drawn: Math.max(0, given - 220_000) / 2, drawnInPeriod: 0, mostInPeriod: 500_000 },
      { layer: 'Insurance fund', balance: world.fund, drawn: Math.max(0, given), drawnInPeriod: 12_000, mostInPeriod: null },
      { layer: 'Mutual pool', balance: 1_400_000, drawn: 0, drawnInPeriod: 0, mostInPeriod: 700_000 },
      { layer: 'External cover', balance: 500_000, drawn: 0, drawnInPeriod: 0, mostInPeriod: null },
    ],
  };
}

export function deleveraging(world: World) {
  const queue = (underlying: 'BTC' | 'ETH' | 'LINK') => ({
    instrument: `${underlying}_USDC-PERPETUAL`,
    places: world.rows.filter((r) => r.customer.underlying === underlying && r.customer.size !== 0 && r.judged.equity > 0)
      .map((r) => ({
        account: r.customer.account, side: r.customer.size > 0 ? 'long' : 'short', size: r.customer.size, notional: r.judged.notional,
        profit: r.customer.size * (world.price(underlying) - r.customer.entry), score: (r.customer.size * (world.price(underlying) - r.customer.entry) * 1) / r.judged.equity, fifth: 0,
      }))
      .sort((a, b) => b.score - a.score).map((p, i, all) => ({ ...p, fifth: 5 - Math.floor((5 * i) / all.length) })).slice(0, 100),
  });
  return { policy: 'ranked by profit × leverage', queues: [queue('BTC'), queue('ETH'), queue('LINK')] };
}

export function oracles(world: World) {
  return {
    at: world.iso(), nextDue: null, actions: [],
    assets: assets.map((asset, i) => {
      const status = asset === 'LINK' && world.hours > 20 ? 'stale' : asset === 'ETH' && world.hours > 30 ? 'degraded' : 'live';
      const p = world.price(asset);
      return {
        asset, status, reason: status === 'live' ? 'every source agrees' : 'a source is silent', since: world.iso(), price: p, confidence: 0.0004 * (i + 1), ageSeconds: status === 'stale' ? 940 : 0.8 + i, divergence: 0.0011 * (i + 1),
        reports: ['north', 'south', 'east'].map((source, k) => ({ source, price: p * (1 + 0.0005 * k), ageSeconds: 1 + k, used: k < 2 || status === 'live', verdict: 'none', words: k === 2 && status !== 'live' ? 'is too old' : 'is used' })),
      };
    }),
  };
}

export function breakers(world: World) {
  const fallen = world.price('BTC') < 6_000;
  return {
    configured: true,
    throttles: [{ of: 'liquidation', used: 1.4e6 * world.progress, most: 2e6 }, { of: 'adl', used: 40_000 * world.counters.adl, most: 1e6 }],
    breakers: [
      { of: 'venue', state: 'trading', reason: null, since: null, until: null, trips: 0, low: null, high: null },
      { of: 'BTC_USDC-PERPETUAL', state: fallen ? 'paused' : 'trading', reason: fallen ? 'fell 10.4 % below its reference within 5 minutes' : null, since: null, until: fallen ? at(world, 95) : null, trips: fallen ? 2 : 0, low: world.price('BTC') * 0.93, high: world.price('BTC') * 1.07 },
      { of: 'ETH_USDC-PERPETUAL', state: fallen ? 'auction' : 'trading', reason: fallen ? 'gathers orders to cross them at one price' : null, since: null, until: fallen ? at(world, 12) : null, trips: fallen ? 1 : 0, low: world.price('ETH') * 0.92, high: world.price('ETH') * 1.08 },
      { of: 'LINK_USDC-PERPETUAL', state: 'trading', reason: null, since: null, until: null, trips: 0, low: world.price('LINK') * 0.85, high: world.price('LINK') * 1.15 },
    ],
  };
}

export function notices(world: World) {
  const told = world.events.filter((e) => e.severity !== 'info' || e.kind === 'margin-call').slice(-120).reverse();
  const called = (account: string | null): boolean => world.rows.some((r) => r.customer.account === account && r.customer.phase === 'called');
  const lines = told.map((e) => {
    const open = e.kind === 'margin-call' && called(e.account) && !world.seen.has(e.account ?? '');
    return {
      id: `${e.sequence}-0`, sequence: e.sequence, time: e.time, kind: e.kind, severity: e.severity === 'info' ? 'warning' : e.severity, account: e.account, text: e.account === null ? e.text : `${e.account}: ${e.text}`,
      acknowledge: e.kind === 'margin-call', open, acknowledgedBy: e.kind === 'margin-call' ? world.seen.get(e.account ?? '') ?? null : null, acknowledgedAt: null, closedAt: e.kind === 'margin-call' && !called(e.account) ? world.iso() : null,
      deliveries: e.severity === 'critical' ? [{ endpoint: 'chief', state: 'waiting', attempts: 3, reason: 'HTTP 503' }] : [{ endpoint: 'desk', state: 'delivered', attempts: 1, reason: null }],
    };
  });
  return {
    unacknowledged: lines.filter((l) => l.open).length, notices: lines, givenUp: [],
    endpoints: [
      { name: 'desk', url: 'https://desk.example/calls', afterSeconds: null, waiting: 0, delivered: lines.length, givenUp: 0, lastDelivered: null, pausedUntil: null, lastFault: null },
      { name: 'chief', url: 'https://chief.example/', afterSeconds: 300, waiting: 2, delivered: 11, givenUp: 1, lastDelivered: null, pausedUntil: null, lastFault: 'HTTP 503' },
    ],
  };
}

export function overrides(world: World) {
  const some = inTrouble(world)[2]?.customer.account;
  return {
    overrides: some === undefined ? [] : [
      { number: 1, account: some, kind: 'hold-liquidation', reason: 'a transfer is on its way', state: 'in-force', proposedBy: 'ann', proposedAt: world.iso(), confirmedBy: 'ben', endsAt: at(world, 1_500), equityBound: 0 },
    ],
  };
}
