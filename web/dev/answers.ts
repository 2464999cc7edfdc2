import { type Customer, type Judged, haircuts, maintenanceRate } from './customers.ts';
import { type MockAsset, assets } from './prices.ts';
import { type World, coverage, worstCoverage } from './world.ts';

type Row = World['rows'][number];

/** The bodies of the API's answers, as its contract writes them. */
export function venue(world: World) {
  const worst = worstCoverage(world);
  const verdict = worst.coverage >= 1.05 ? 'afloat' : worst.coverage >= 1 ? 'awash' : 'sunk';
  const words = { afloat: 'Every claim can be met at every hour looked at.', awash: 'The line is touched: little is left beyond what may be asked for.', sunk: 'More may be asked for than can be had in time.' };
  const sum = (of: (r: Row) => number): number => world.rows.reduce((total, row) => total + of(row), 0);

  return {
    name: 'Harbour Exchange', time: world.iso(), sequence: world.sequence, numeraire: 'USD',
    demo: { running: world.running, speed: world.speed, progress: world.progress, label: 'An invented crash in sixty hours, played to the dashboard’s mock', synthetic: true },
    headline: { asset: worst.asset, coverage: worst.coverage, survivalHours: worst.survivalHours, verdict, text: `${worst.asset}: ${words[verdict]}` },
    accounts: world.rows.length, openInterest: sum((r) => Math.max(0, r.customer.size) * world.price(r.customer.underlying)), equity: sum((r) => r.judged.equity),
    fund: { balance: world.fund, start: world.fundStart, largestLoss: world.largestLoss(), byAsset: [{ asset: 'USDC', amount: (world.fund * 0.8).toFixed(6) }, { asset: 'BTC', amount: ((world.fund * 0.2) / world.price('BTC')).toFixed(8) }] },
    badDebt: world.badDebt, counters: world.counters, feeds: assets.map((asset) => feed(world, asset)), coverage: coverage(world),
    expectedShortfall: { value: 1_840_000 * (1 + world.progress), windows: 500, confidence: 0.975, reason: null },
    halted: world.halted, attestation: { epoch: Math.floor(world.hours), root: '9f2ce1704b7d55aa8c3e6d01f2b4c97a1e0d8f6657cc12ab43de90817f3355e1', accounts: world.rows.length, at: world.iso() },
  };
}

function feed(world: World, asset: MockAsset) {
  const lag = asset === 'LINK' && world.hours > 34 && world.hours < 36 ? 95 : asset === 'ETH' && world.hours > 47 && world.hours < 50 ? 9 : 0.3;
  return {
    asset, price: world.price(asset).toFixed(asset === 'BTC' ? 2 : 4), source: 'mock-index', ageSeconds: lag + (world.hours * 97) % 0.6, confidence: lag > 60 ? 0.04 : lag > 5 ? 0.008 : 0.0006,
    state: lag > 60 ? 'stale' : lag > 5 ? 'degraded' : 'live',
  };
}

export const accountRow = ({ customer: c, judged: j }: Row) => ({
  account: c.account, kind: c.kind, equity: j.equity, counted: j.counted, maintenance: j.maintenance, initial: j.initial, notional: j.notional,
  health: { initial: j.counted - j.initial, target: j.counted - j.target, maintenance: j.counted - j.maintenance },
  marginRatio: j.ratio, distance: j.distance, phase: c.phase,
});
type AccountBody = ReturnType<typeof accountRow>;

const keys: Record<string, (r: AccountBody) => number | string> = {
  account: (r) => r.account, kind: (r) => r.kind, phase: (r) => r.phase, equity: (r) => r.equity, counted: (r) => r.counted, maintenance: (r) => r.maintenance,
  initial: (r) => r.initial, notional: (r) => r.notional, health: (r) => r.health.maintenance, marginRatio: (r) => r.marginRatio ?? -1, distance: (r) => r.distance ?? Infinity,
};

export function accounts(world: World, query: URLSearchParams) {
  const asked = query.get('order') ?? 'distance';
  const key = keys[asked.replace(/^-/, '')];
  if (key === undefined) return null;
  const [offset, limit, find] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 100), query.get('find') ?? ''];
  const turn = asked.startsWith('-') ? -1 : 1;
  const all = world.rows.filter((r) => r.customer.account.includes(find)).map(accountRow);
  all.sort((a, b) => turn * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) || a.account.localeCompare(b.account));
  return { total: all.length, rows: all.slice(offset, offset + limit) };
}

export function accountDetail(world: World, row: Row) {
  const { customer: c } = row;
  const mark = world.price(c.underlying);
  return {
    ...accountRow(row), mode: 'portfolio', owner: null,
    balances: [
      { asset: 'USDC', amount: c.cash.toFixed(6), loan: '0', value: c.cash },
      ...(c.coins > 0 ? [{ asset: 'BTC', amount: c.coins.toFixed(8), loan: '0', value: c.coins * world.price('BTC') }] : []),
    ],
    positions: c.size === 0 ? [] : [{ instrument: `${c.underlying}_USDC-PERPETUAL`, size: c.size.toFixed(4), entry: c.entry.toFixed(4), mark: mark.toFixed(4), unrealised: c.size * (mark - c.entry), delta: c.size, notional: Math.abs(c.size) * mark }],
    orders: [],
  };
}

export function margin(world: World, { customer: c, judged: j }: Row) {
  const moves = Array.from({ length: 15 }, (_, i) => -0.25 + (0.5 * i) / 14);
  const grid = moves.flatMap((spot) => [0.4, -0.3].map((vol) => ({ id: `spot${spot >= 0 ? '+' : ''}${(spot * 100).toFixed(1)}/vol${vol > 0 ? 'up' : 'down'}`, spot, vol, dampening: 1 })));
  const tails = [-0.5, 0.5].map((spot) => ({ id: `tail${spot > 0 ? '+' : ''}${spot * 100}`, spot, vol: 0, dampening: 0.5 }));
  const btc = world.price('BTC') * c.coins;
  const scenarios = [...grid, ...tails].map((s) => ({ ...s, change: s.dampening * s.spot * (c.size * world.price(c.underlying) + btc * 0.92) * (1 + s.vol * 0.01) }));
  const shareOf = (part: number) => ({ initial: part * j.initial, target: part * j.target, maintenance: part * j.maintenance });
  const binding = scenarios.reduce((worst, s) => (s.change < worst.change ? s : worst));
  return {
    binding: binding.change < 0 ? { id: binding.id, spot: binding.spot, vol: binding.vol, dampening: binding.dampening } : null,
    scenarios: scenarios.map(({ id, change }) => ({ id, change })),
    collateral: collateral(c, j, btc),
    contributions: c.size === 0 ? [] : [{ instrument: `${c.underlying}_USDC-PERPETUAL`, change: binding.change }],
    requirement: { initial: j.initial, target: j.target, maintenance: j.maintenance },
    parts: [
      { part: 'scenarios', instrument: `${c.underlying}_USDC-PERPETUAL`, asset: null, required: shareOf(0.8) },
      { part: 'close-out', instrument: null, asset: c.underlying, required: shareOf(0.2) },
    ],
    worst: { binding: 'scenarios', scenarios: -binding.change, basis: -0.1 * binding.change, skew: 0, depeg: 0, apart: 0 },
    offsets: { alone: -1.3 * binding.change, joint: -binding.change, part: 0.3 / 1.3, believed: shareOf(0.9), broken: shareOf(1.2), roots: [{ root: c.underlying, alone: -1.3 * binding.change, joint: binding.change }] },
    liquidationPrices: [{ underlying: c.underlying, ...liquidationPrice(world, c, j) }],
  };
}

function collateral(c: Customer, j: Judged, btc: number) {
  const usdc = j.equity - btc;
  const rows = [{ asset: 'USDC', net: usdc, value: usdc, haircut: usdc > 0 ? haircuts.USDC : 0, counted: usdc > 0 ? usdc * (1 - haircuts.USDC) : usdc, change: 0 }];
  return c.coins > 0 ? [...rows, { asset: 'BTC', net: c.coins, value: btc, haircut: haircuts.BTC, counted: btc * (1 - haircuts.BTC), change: -0.2 * btc }] : rows;
}

function liquidationPrice(world: World, c: Customer, j: Judged) {
  if (c.size === 0) return { price: null, below: null, above: null, state: 'none' };
  if (j.counted < j.maintenance) return { price: null, below: null, above: null, state: 'already' };
  const price = world.price(c.underlying) * (1 - Math.sign(c.size) * (j.distance ?? 0));
  if (price <= 0) return { price: null, below: null, above: null, state: 'none' };
  return { price: price.toFixed(4), below: c.size > 0 ? price : null, above: c.size < 0 ? price : null, state: 'price' };
}

export function market() {
  const listed: readonly MockAsset[] = ['BTC', 'ETH', 'LINK'];
  return {
    assets: assets.map((asset) => ({ asset, class: asset === 'USDC' ? 'stable' : asset === 'LINK' ? 'alt' : 'major', decimals: asset === 'USDC' ? 6 : 8, follows: null, price: null })),
    instruments: listed.map((u) => ({ instrument: `${u}_USDC-PERPETUAL`, kind: 'perpetual', underlying: u, settlement: 'USDC', lotSize: '0.001' })),
  };
}

export function thresholds(world: World, underlying: string) {
  const spot = world.price(assets.find((a) => a === underlying) ?? 'BTC');
  const rows = world.rows.filter((r) => r.customer.underlying === underlying && r.customer.size !== 0 && r.judged.distance !== null);
  const points = Array.from({ length: 121 }, (_, i) => {
    const price = spot * (0.4 + i * 0.01);
    const go = (long: boolean): number => rows
      .filter(({ customer: c, judged: j }) => c.size > 0 === long && (long ? price <= spot * (1 - (j.distance ?? 9)) : price >= spot * (1 + (j.distance ?? 9))))
      .reduce((sum, r) => sum + r.judged.notional, 0);
    return { price: price.toFixed(4), longNotional: price <= spot ? go(true) : 0, shortNotional: price >= spot ? go(false) : 0, accounts: i % 7, flow: (price < spot ? -1 : 1) * 1e4 * (i % 7), collateralSold: 500 * (i % 7) };
  });
  return { underlying, points, maintenanceRate };
}
