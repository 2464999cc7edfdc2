import { chance } from './chance.ts';
import { type MockAsset, priceAt } from './prices.ts';

export type MockPhase = 'healthy' | 'called' | 'liquidating' | 'bankrupt' | 'closed';

export interface Customer {
  account: string;
  kind: string;
  underlying: MockAsset;
  /** Coins, + long. */
  size: number;
  entry: number;
  /** USDC. */
  cash: number;
  /** BTC pledged. */
  coins: number;
  phase: MockPhase;
  lastCut: number;
}

const kinds = ['retail', 'retail', 'retail', 'trader', 'market-maker', 'fund'];
const underlyings: readonly MockAsset[] = ['BTC', 'BTC', 'BTC', 'ETH', 'ETH', 'LINK'];
export const maintenanceRate = 0.04;
export const haircuts = { USDC: 0.005, BTC: 0.08 };

export function customers(count: number): Customer[] {
  const next = chance(1876);
  return Array.from({ length: count }, (_, i) => {
    const underlying = underlyings[Math.floor(next() * underlyings.length)] ?? 'BTC';
    const entry = priceAt(underlying, 0) * (0.98 + 0.04 * next());
    // One in two hundred is a whale.
    const notional = i % 200 === 7 ? 1e6 * (1 + 4 * next()) : Math.exp(7.5 + 3.2 * (next() + next() + next() - 1));
    const long = next() < 0.62;
    const leverage = 1.2 + 14 * next() ** 2.2;
    const pledged = notional / leverage;
    const inCoins = next() < 0.3 ? 0.5 * pledged : 0;
    return {
      account: `${['ada', 'brig', 'cutter', 'dhow', 'ewer', 'frigate', 'galley', 'hoy'][i % 8] ?? 'x'}-${String(i).padStart(5, '0')}`,
      kind: kinds[Math.floor(next() * kinds.length)] ?? 'retail',
      underlying, entry, cash: pledged - inCoins, coins: inCoins / priceAt('BTC', 0),
      size: ((long ? 1 : -1) * notional) / entry, phase: 'healthy', lastCut: -1,
    };
  });
}

export interface Judged { equity: number; counted: number; maintenance: number; initial: number; target: number; notional: number; distance: number | null; ratio: number | null }

export function judge(c: Customer, price: (asset: MockAsset) => number): Judged {
  const [mark, btc] = [price(c.underlying), price('BTC')];
  const equity = c.cash + c.coins * btc + c.size * (mark - c.entry);
  const net = c.cash + c.size * (mark - c.entry);
  const counted = (net > 0 ? net * (1 - haircuts.USDC) : net) + c.coins * btc * (1 - haircuts.BTC);
  const notional = Math.abs(c.size) * mark;
  const maintenance = maintenanceRate * notional;
  return {
    equity, counted, maintenance, notional, target: maintenance * 1.25, initial: maintenance * 1.5,
    distance: notional > 0 ? (counted - maintenance) / notional : null,
    ratio: notional === 0 ? null : counted > 0 ? maintenance / counted : 99,
  };
}
