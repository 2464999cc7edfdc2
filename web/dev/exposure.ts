import type { World } from './world.ts';

/** Invented answers for the exposure view. They have the shape of the API's; the arithmetic only looks alike. */
const names = ['delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'volga', 'charm', 'speed', 'value'] as const;
const parts = { delta: 1, gamma: -0.031, vega: -0.0024, theta: 0.0016, rho: 0.0007, vanna: 0.0042, volga: -0.0003, charm: -0.002, speed: 0.004, value: 0.05 };

function greeks(size: number, option: boolean, gross: boolean) {
  const figure = (name: (typeof names)[number]): number => (name === 'delta' ? size : option ? size * parts[name] : 0);
  const told = Object.fromEntries(names.map((name) => [name, gross ? Math.abs(figure(name)) : figure(name)])) as Record<(typeof names)[number], number>;
  return { ...told, notional: Math.abs(size), coins: gross ? Math.abs(size) * 0.4 : size * -0.3 };
}

const both = (net: number, gross: number, option = true) => ({ net: greeks(net, option, false), gross: greeks(gross, option, true) });

const book = [
  { underlying: 'BTC', endless: 4.1e6, month: -2.6e6, 'half-year': -9.2e5 },
  { underlying: 'ETH', endless: -1.2e6, month: 6.4e5, 'half-year': 2.1e5 },
  { underlying: 'LINK', endless: 9.5e4, month: null, 'half-year': null },
] as const;
const expiries = ['endless', 'day', 'week', 'month', 'quarter', 'half-year', 'year', 'beyond'] as const;

export function exposure(world: World) {
  const price = (asset: string): number => world.price(asset === 'BTC' ? 'BTC' : asset === 'ETH' ? 'ETH' : 'LINK');
  const cells = book.flatMap((row) => (['endless', 'month', 'half-year'] as const).flatMap((expiry) => {
    const net = row[expiry];
    return net === null ? [] : [{ underlying: row.underlying, expiry, ...both(net, Math.abs(net) * 2.5, expiry !== 'endless') }];
  }));
  const sum = (underlying: string): number => cells.filter((c) => c.underlying === underlying).reduce((all, c) => all + c.net.delta, 0);
  const underlyings = book.map(({ underlying }) => ({
    underlying, price: price(underlying), ...both(sum(underlying), Math.abs(sum(underlying)) * 3),
    unwound: { coins: sum(underlying) / price(underlying), deltaCost: Math.abs(sum(underlying)) * 0.004, vegaCost: 3_100, unfilled: 0, worst: 0.004 },
  }));
  return {
    at: world.iso(), sequence: world.sequence, greeks: names, expiries, strikes: ['none', '80-95', '95-105', '105-125'], provider: null, classes: [{ class: 'maker', accounts: 4, underlyings, cells, strikes: strikes() }],
    customers: {
      accounts: world.rows.length, whole: both(1e6, 1e7), underlyings, cells, strikes: strikes(), buckets,
      liquidity: { equity: 3.6e7, cost: 4.1e5, adjusted: 3.559e7, vegaHalfSpread: 1, depth: 'rulebook' },
    },
  };
}

const strikes = () => book.slice(0, 2).flatMap(({ underlying, month }) => (['80-95', '95-105', '105-125'] as const).map((strike, i) => (
  { underlying, strike, ...both((month ?? 0) * (0.5 - 0.3 * i), Math.abs(month ?? 0)) })));

const bucket = (name: string, kind: string, held: number, failure: number, oracle: number) => ({
  bucket: name, kind, held, positions: held * 0.9, cap: held * 1.9, lossIfFails: held * 0.6,
  premium: { failure, oracle, pays: oracle > 0 ? 0.4 : 1, total: failure + oracle }, ...both(held, held),
});
const buckets = [
  bucket('staking', 'protocol', 4.2e6, 50_400, 0), bucket('custodian', 'venue', 2.1e7, 12_600, 0), bucket('main-chain', 'chain', 3.3e7, 33_000, 0),
  bucket('coin-issuer', 'issuer', 2.4e7, 14_400, 0), bucket('btc-index', 'oracle', 1.1e7, 0, 8_800),
];

export function limits(world: World) {
  const fall = 1 - world.price('BTC') / 8_000;
  const line = (limit: string, measure: string, value: number, soft: number, hard: number, more: object = {}) => ({
    limit, scope: 'venue', of: null, measure, gross: false, underlying: 'BTC', bucket: null, soft, hard, value,
    utilisation: value / hard, level: value > hard ? 'hard' : value > soft ? 'soft' : 'within', breaches: value > soft ? 1 : 0, accounts: [], ...more,
  });
  return {
    at: world.iso(), buckets: [],
    limits: [
      line('btc-delta', 'delta', 6.2e5 * (1 + fall), 6e5, 8e5), line('btc-vega', 'vega', 8_400 * (1 + 3 * fall), 1e4, 1.5e4),
      line('btc-gamma', 'gamma', 1.1e5 * (1 + fall), 2e5, 3e5),
      line('each-notional', 'notional', 2.2e6, 2e6, 4e6, { scope: 'each', gross: true, underlying: null, accounts: [{ account: 'maker-01', value: 2.2e6, utilisation: 0.55, level: 'soft' }] }),
    ],
  };
}

export function surface(world: World, asked: string | null) {
  const name = asked ?? 'BTC';
  const forward = world.price(name === 'ETH' ? 'ETH' : 'BTC');
  const strikes = [0.5, 0.65, 0.8, 0.9, 1, 1.1, 1.25, 1.5].map((m) => Math.round(forward * m));
  const level = 0.6 * (1 + 2 * Math.max(0, 1 - world.price('BTC') / 8_000));
  const at = (k: number, years: number): number => level * (1 + (0.05 * k * k) / years - 0.12 * k);
  const smiles = [{ name: '23MAY31', years: 0.045 }, { name: '27JUN31', years: 0.14 }, { name: '26SEP31', years: 0.39 }].map(({ name: expiry, years }) => ({
    expiry: '2031-06-27T08:00:00Z', name: expiry, years, forward, forwardSource: 'venue', atTheMoney: at(0, years), skew: -0.12 * level, origin: 'fitted',
    density: 0.42, calendarStep: 0.004, error: { quotes: 8, volatility: 0.004, outOfBand: 0 }, freeError: { quotes: 8, volatility: 0.003, outOfBand: 0 },
    quotes: strikes.map((strike) => quote(strike, forward, years)),
    curve: Array.from({ length: 41 }, (_, i) => Math.log(0.45) + (i / 40) * Math.log(1.6 / 0.45)).map((k) => ({ strike: forward * Math.exp(k), k, volatility: at(k, years), quoted: k > Math.log(0.5) && k < Math.log(1.5) })),
  }));
  return {
    surfaces: ['BTC', 'ETH'], surface: name, at: world.iso(), source: 'marks', sourceText: 'invented quotes', arbitrageFree: true, smiles, strikes,
    map: smiles.map((s) => strikes.map((k) => ({ volatility: at(Math.log(k / forward), s.years), quoted: true }))),
    rejected: [{ reason: 'one-sided', count: 2 }], notes: [], reason: null,
  };

  function quote(strike: number, f: number, years: number) {
    const k = Math.log(strike / f);
    const mid = at(k, years) * (1 + 0.01 * Math.sin(strike));
    return { strike, k, bid: mid - 0.012, mid, ask: mid + 0.012 };
  }
}

const cost = (spread: number, fees: number, impact: number) => ({ spread, fees, impact, total: spread + fees + impact });

export function hedge(world: World) {
  const price = world.price('BTC');
  const moves = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3];
  const shifts = [-0.2, -0.1, 0, 0.1, 0.2];
  const gains = (delta: number, gamma: number, vega: number): number[][] =>
    shifts.map((v) => moves.map((m) => Math.round(delta * m + 50 * gamma * m * m + 100 * vega * v)));
  return {
    at: world.iso(), cost: cost(620, 1_450, 130),
    hedges: [{
      underlying: 'BTC', price, complete: true,
      before: { delta: 9.8e5, gamma: -4.1e4, vega: -5_200, deltaCoins: 9.8e5 / price }, after: { delta: 2.1e4, gamma: -1.02e4, vega: -1_290, deltaCoins: 2.1e4 / price },
      bands: [
        { greek: 'delta', lower: -2.2e4, upper: 2.2e4, source: 'no-trade', before: 9.8e5, after: 2.1e4, breachBefore: 9.58e5, breachAfter: 0, obstacle: null },
        { greek: 'vega', lower: -1_300, upper: 1_300, source: 'plan', before: -5_200, after: -1_290, breachBefore: 3_900, breachAfter: 0, obstacle: null },
      ],
      trades: [
        { instrument: 'BTC-PERPETUAL', side: 'sell', size: '1021400', delta: -1.0214e6, gamma: 0, vega: 0, cost: cost(102, 511, 130) },
        { instrument: 'BTC-27JUN31-8000-C', side: 'buy', size: '11.2', delta: 6.24e4, gamma: 3.08e4, vega: 3_910, cost: cost(518, 939, 0) },
      ],
      cost: cost(620, 1_450, 130), skipped: [],
      ladder: { spotMoves: moves, volatilityShifts: shifts, before: gains(9.8e5, -4.1e4, -5_200), after: gains(2.1e4, -1.02e4, -1_290).map((row) => row.map((g) => g - 2_200)) },
    }],
  };
}
