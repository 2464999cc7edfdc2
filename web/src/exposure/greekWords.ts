import type { Greek } from '../api/exposure';
import { compact, usd } from '../format/numbers';

export const units = ['usd', 'coin'] as const;
export type Unit = (typeof units)[number];

interface Words { title: string; per: string; means: string }

/** What each Greek is called, what it is per, and what it says. */
export const wordsOf: Readonly<Record<Greek, Words>> = {
  delta: { title: 'Delta', per: '', means: 'worth of the coins that move alike' },
  gamma: { title: 'Gamma', per: '/1%', means: 'change of delta when the underlying rises by 1 %' },
  vega: { title: 'Vega', per: '/pt', means: 'change of worth per volatility point' },
  theta: { title: 'Theta', per: '/d', means: 'change of worth per day' },
  rho: { title: 'Rho', per: '/1%', means: 'change of worth per 1 % of rate' },
  vanna: { title: 'Vanna', per: '/pt', means: 'change of delta per volatility point' },
  volga: { title: 'Volga', per: '/pt²', means: 'change of vega per volatility point' },
  charm: { title: 'Charm', per: '/d', means: 'change of delta per day' },
};

/** A figure with its money, without what it is per: $1.23M, 12.3 BTC. */
export const money = (value: number, unit: Unit, coin: string): string => (unit === 'usd' ? usd(value) : `${compact(value)}\u00a0${coin}`);

/** A figure with all its units: $1.23M/pt. */
export const withUnit = (value: number, greek: Greek, unit: Unit, coin: string): string => money(value, unit, coin) + wordsOf[greek].per;
