import { type Customer, type Judged, customers, judge } from './customers.ts';
import { type MockAsset, assets, lengthHours, priceAt } from './prices.ts';

export interface MockEvent { sequence: number; time: string; kind: string; account: string | null; text: string; severity: 'info' | 'warning' | 'critical' }
export interface MockPoint { time: string; prices: Record<string, string>; fund: number; coverage: number; liquidated: number; haircuts: Record<string, number> }

const start = Date.parse('2031-05-06T00:00:00Z');
const fundStart = 4_000_000;
const pointEvery = 2 / 60;

/** An invented venue on its way through an invented crash. Nothing here is Plimsoll's own arithmetic: it only looks alike. */
export class World {
  hours = 0;
  /** Why the invented engine has stopped; null while it runs. */
  halted: string | null = null;
  speed = 300;
  sequence = 1;
  fund = fundStart;
  badDebt = 0;
  /** Who has seen whose call. */
  readonly seen = new Map<string, string>();
  counters = { marginCalls: 0, liquidations: 0, adl: 0, refused: 0 };
  events: MockEvent[] = [];
  fresh: MockEvent[] = [];
  points: MockPoint[] = [];
  rows: { customer: Customer; judged: Judged }[];
  #liquidated = 0;
  readonly #customers: Customer[];

  constructor(count: number) {
    this.#customers = customers(count);
    this.rows = this.#judged();
    this.#say('venue', null, 'The venue is open', 'info');
  }

  price = (asset: MockAsset): number => priceAt(asset, this.hours);
  iso = (): string => new Date(start + this.hours * 3_600_000).toISOString();
  get running(): boolean { return this.hours < lengthHours; }
  get progress(): number { return Math.min(1, this.hours / lengthHours); }
  get fundStart(): number { return fundStart; }

  /** Lets some seconds of the wall's clock pass. The new point, if one is due. */
  pass(seconds: number): MockPoint | null {
    if (!this.running) return null;
    this.hours = Math.min(lengthHours, this.hours + (seconds * this.speed) / 3_600);
    this.sequence += assets.length;
    for (const { customer, judged } of this.rows) this.#look(customer, judged);
    this.rows = this.#judged();
    const due = Math.floor(this.hours / pointEvery) * pointEvery;
    const last = this.points.at(-1);
    if (last !== undefined && Date.parse(last.time) >= start + due * 3_600_000) return null;

    const point = {
      haircuts: { BTC: 0.08 + 0.1 * Math.max(0, 1 - this.price('BTC') / 8_000), LINK: 0.2, USDC: 0 },
      time: this.iso(), fund: this.fund, liquidated: this.#liquidated, coverage: worstCoverage(this).coverage,
      prices: { BTC: this.price('BTC').toFixed(2), ETH: this.price('ETH').toFixed(2), LINK: this.price('LINK').toFixed(4) },
    };
    this.#liquidated = 0;
    this.points.push(point);
    return point;
  }

  largestLoss(): number {
    return Math.max(0, ...this.rows.map(({ judged: j }) => 0.25 * j.notional - j.equity));
  }

  #judged(): { customer: Customer; judged: Judged }[] {
    return this.#customers.map((customer) => ({ customer, judged: judge(customer, this.price) }));
  }

  #look(c: Customer, j: Judged): void {
    if (c.phase === 'bankrupt' || c.phase === 'closed') return;
    if (j.counted < j.maintenance && this.hours - c.lastCut > 0.05) this.#cut(c, j);
    else if (j.counted >= j.target) c.phase = 'healthy';
    else if (c.phase === 'healthy' && j.counted < 1.15 * j.maintenance) {
      c.phase = 'called';
      this.counters.marginCalls += 1;
      this.#say('margin-call', c.account, `Called for ${dollars(j.initial - j.counted)}`, j.notional > 1e5 ? 'warning' : 'info');
    }
  }

  #cut(c: Customer, j: Judged): void {
    const all = j.equity <= 0 || j.notional < 200;
    const part = all ? 1 : 0.5;
    const value = part * j.notional;
    c.lastCut = this.hours;
    c.cash += part * c.size * (this.price(c.underlying) - c.entry) - (0.004 + (value > 3e5 ? 0.09 : 0.01) * stress(this)) * value;
    c.size *= 1 - part;
    c.phase = all ? 'bankrupt' : 'liquidating';
    this.fund += 0.002 * value;
    this.#liquidated += value;
    this.counters.liquidations += 1;
    this.#say('liquidation', c.account, `${c.size > 0 ? 'Sold' : 'Closed'} ${dollars(value)} of ${c.underlying}-PERPETUAL`, value > 2e5 ? 'warning' : 'info');
    if (all) this.#bury(c, -c.cash - c.coins * this.price('BTC'));
  }

  #bury(c: Customer, deficit: number): void {
    if (deficit <= 0) {
      c.phase = 'closed';
      return;
    }
    const drawn = Math.min(this.fund, deficit);
    this.fund -= drawn;
    this.#say('fund', c.account, `Fund pays a deficit of ${dollars(drawn)}`, deficit > 20_000 ? 'critical' : 'warning');
    [c.cash, c.coins] = [0, 0];
    if (deficit <= drawn) return;
    this.badDebt += (deficit - drawn) * 0.1;
    this.counters.adl += 1;
    this.#say('adl', c.account, `Deleveraged ${dollars(deficit - drawn)} against profitable shorts`, 'critical');
  }

  #say(kind: string, account: string | null, text: string, severity: MockEvent['severity']): void {
    this.sequence += 1;
    const event = { sequence: this.sequence, time: this.iso(), kind, account, text, severity };
    this.events.push(event);
    this.fresh.push(event);
    if (this.events.length > 5_000) this.events.splice(0, 1_000);
  }
}

/** How thin the books are: deep falls make selling dear. */
const stress = (world: World): number => Math.max(0, 1 - world.price('BTC') / 8_000);
const dollars = (value: number): string => `$${Math.round(value).toLocaleString('en-US')}`;

interface Holding { asset: MockAsset; claims: number; places: Record<string, number>; run: number }
const holdings: readonly Holding[] = [
  { asset: 'BTC', claims: 4_820, places: { hot: 620, cold: 3_900, lent: 420 }, run: 1.1 },
  { asset: 'ETH', claims: 61_400, places: { hot: 7_800, cold: 30_500, staked: 21_000, lent: 3_800 }, run: 1 },
  { asset: 'STETH', claims: 18_200, places: { hot: 4_100, cold: 15_300 }, run: 0.7 },
  { asset: 'USDC', claims: 38_700_000, places: { hot: 9_600_000, cold: 12_000_000, bank: 15_900_000, lent: 2_600_000 }, run: 1.25 },
  { asset: 'LINK', claims: 1_240_000, places: { hot: 310_000, cold: 1_010_000 }, run: 0.8 },
];
const opensAt: Record<string, number> = { hot: 0, cold: 4, bank: 24, lent: 48, staked: 96 };
const horizons = [0, 1, 4, 8, 24, 48, 72, 168];

/** Coverage of an asset: what is open by then over what may be asked for by then, more of it the deeper the fall. */
export function coverageOf(world: World, h: Holding) {
  const fear = 1 + 1.9 * Math.max(0, 1 - world.price('BTC') / 8_000);
  const left = 1 - 0.25 * world.progress * fear * h.run * 0.5;
  const amounts = Object.entries(h.places).map(([place, amount]) => ({ place, amount: place === 'hot' ? amount * left : amount }));
  const total = amounts.reduce((sum, p) => sum + p.amount, 0);
  const claims = h.claims * (1 - 0.03 * world.progress);
  const hourly = horizons.map((hours) => {
    const available = amounts.filter((p) => (opensAt[p.place] ?? 0) <= hours).reduce((sum, p) => sum + p.amount, 0);
    const asked = claims * Math.min(1, h.run * fear * (0.07 + 0.035 * hours ** 0.62));
    return { hours, available, coverage: available / asked };
  });
  const failing = hourly.find((at) => at.coverage < 1);
  return {
    asset: h.asset, claims: claims.toFixed(4), holdings: total.toFixed(4), coverage: total / claims, hourly,
    survivalHours: failing === undefined ? null : Math.max(0.5, failing.hours * 0.8),
    byPlace: amounts.map((p) => ({ place: p.place, amount: p.amount.toFixed(4) })),
  };
}

export const coverage = (world: World) => holdings.map((h) => coverageOf(world, h));

export function worstCoverage(world: World) {
  const rows = coverage(world).map((row) => ({ asset: row.asset, survivalHours: row.survivalHours, coverage: Math.min(...row.hourly.map((h) => h.coverage)) }));
  return rows.reduce((worst, row) => (row.coverage < worst.coverage ? row : worst));
}
