import { expect, test } from 'vitest';
import { readAccountDetail, readAccountsPage } from '../src/api/accounts.ts';
import { readCollateralReport } from '../src/api/collateral.ts';
import { readEfficiency } from '../src/api/efficiency.ts';
import { readExposure } from '../src/api/exposure.ts';
import { readFrame } from '../src/api/frames.ts';
import { readProposal } from '../src/api/hedge.ts';
import { readLimits } from '../src/api/limits.ts';
import { readAuctions, readBreakers, readDeleveraging, readFunnel, readLossFund, readNotices, readOracles, readOverrides, readPlans } from '../src/api/liquidations.ts';
import { readMargin } from '../src/api/margin.ts';
import { readMarket } from '../src/api/market.ts';
import { Reader, ShapeError } from '../src/api/reader.ts';
import { readSurface } from '../src/api/surface.ts';
import { readLiquidationPrices } from '../src/api/thresholds.ts';
import { readVenue } from '../src/api/venue.ts';
import { readWhatIf } from '../src/api/whatIf.ts';
import { accountDetail, accountRow, accounts, margin, market, thresholds, venue } from './answers.ts';
import { collateral, efficiency, liquidationPrices, whatIf } from './collateral.ts';
import { exposure, hedge, limits, surface } from './exposure.ts';
import { auctions, breakers, deleveraging, fund, funnel, notices, oracles, overrides, plans } from './liquidations.ts';
import { World } from './world.ts';

const world = new World(300);
while (world.progress < 0.85) world.pass(6);
/** As it arrives: through JSON. */
const sent = (body: unknown): Reader => new Reader(JSON.parse(JSON.stringify(body)), 'answer');
const row = world.rows[0];

test('every answer of the mock is one the page can read', () => {
  expect(readVenue(sent(venue(world))).coverage).toHaveLength(5);
  expect(readAccountsPage(sent(accounts(world, new URLSearchParams({ limit: '7', order: '-equity' })))).rows).toHaveLength(7);
  expect(readMarket(sent(market())).underlyings).toEqual(['BTC', 'ETH', 'LINK']);
  if (row === undefined) throw new Error('The mock has no account.');
  expect(readAccountDetail(sent(accountDetail(world, row))).account).toBe(row.customer.account);
  expect(readMargin(sent(margin(world, row))).scenarios).toHaveLength(32);
});

test('every answer of the liquidations view is one the page can read', () => {
  expect(readFunnel(sent(funnel(world))).stages.reduce((sum, s) => sum + s.accounts, 0)).toBe(300);
  expect(readPlans(sent(plans(world))).phases).toBe(true);
  expect(readAuctions(sent(auctions(world))).configured).toBe(true);
  expect(readLossFund(sent(fund(world))).layers).toHaveLength(5);
  expect(readDeleveraging(sent(deleveraging(world))).queues[0]?.places[0]?.fifth).toBe(5);
  expect(readOracles(sent(oracles(world)))[0]?.sources).toHaveLength(3);
  expect(readBreakers(sent(breakers(world))).breakers.map((b) => b.of)).toContain('venue');
  expect(readNotices(sent(notices(world))).endpoints).toHaveLength(2);
  expect(readOverrides(sent(overrides(world)))).toBeInstanceOf(Array);
});

test('every answer of the exposure view is one the page can read', () => {
  const report = readExposure(sent(exposure(world)));
  expect(report.groups.map((g) => g.name)).toEqual(['All accounts', 'maker']);
  expect(report.groups[0]?.underlyings.map((u) => u.underlying)).toEqual(['BTC', 'ETH', 'LINK']);
  expect(report.buckets.map((b) => b.kind)).toEqual(['protocol', 'venue', 'chain', 'issuer', 'oracle']);
  expect(readLimits(sent(limits(world))).some((l) => l.level === 'hard')).toBe(true);
  expect(readSurface(sent(surface(world, null))).smiles).toHaveLength(3);
  expect(readProposal(sent(hedge(world))).hedges[0]?.trades).toHaveLength(2);
});

test('every answer of the account view and the collateral view is one the page can read', () => {
  if (row === undefined) throw new Error('The mock has no account.');
  const report = readCollateralReport(sent(collateral(world)));
  expect(report.assets.map((a) => a.asset)).toEqual(['BTC', 'ETH', 'LINK', 'USDC', 'STETH']);
  expect(report.caps.some((c) => c.utilisation > 1)).toBe(true);
  expect(readLiquidationPrices(sent(liquidationPrices(world, row)))[0]?.lines.map((l) => l.line)).toEqual(['initial', 'target', 'maintenance']);
  expect(readEfficiency(sent(efficiency(row))).modes.map((m) => m.mode)).toEqual(['portfolio', 'cross']);
  const { before, after } = readWhatIf(sent(whatIf(world, row, { prices: { [row.customer.underlying]: '-10%' } })));
  expect(after.equity - before.equity).toBeCloseTo(-0.1 * row.customer.size * world.price(row.customer.underlying), 6);
});

test('every kind of frame is understood, and one of the future is passed over', () => {
  const frames = [
    { kind: 'venue', venue: venue(world) }, { kind: 'events', rows: world.events }, { kind: 'accounts', rows: world.rows.slice(0, 5).map(accountRow) },
    { kind: 'point', point: world.points.at(-1) }, { kind: 'thresholds', ...thresholds(world, 'BTC') },
  ];
  for (const frame of frames) expect(readFrame(JSON.stringify(frame))?.kind).toBe(frame.kind);
  expect(readFrame('{"kind":"tides"}')).toBeNull();
});

test('a missing figure is named by its place', () => {
  const broken = { ...venue(world), fund: { balance: 'much' } };
  expect(() => readVenue(sent(broken))).toThrow(ShapeError);
  expect(() => readVenue(sent(broken))).toThrow('answer.fund.balance: expected a number, found "much"');
});

test('amounts come as strings or numbers, and a string keeps every digit', () => {
  expect(sent('12.5').figure()).toBe(12.5);
  expect(sent(12.5).figure()).toBe(12.5);
  expect(sent('0.123456789012345678').exact()).toBe('0.123456789012345678');
  expect(() => sent('').figure()).toThrow(ShapeError);
});

test('the map of thresholds only grows away from the spot', () => {
  const { points } = thresholds(world, 'BTC');
  const longs = points.map((p) => p.longNotional);
  expect(longs.every((v, i) => i === 0 || v <= (longs[i - 1] ?? 0))).toBe(true);
});
