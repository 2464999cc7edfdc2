import type { Position } from '../api/accounts';
import type { WhatIfAsk, WhatIfSide } from '../api/whatIf';
import { standingOf } from './gauge';

/** What the controls say. Percentages are whole numbers, sizes as typed. */
export interface Controls {
  /** Per cent by underlying. */
  prices: Readonly<Record<string, number>>;
  vol: number;
  instrument: string;
  size: string;
  asset: string;
  amount: string;
}

export const still: Controls = { prices: {}, vol: 0, instrument: '', size: '', asset: '', amount: '' };

export const isStill = (c: Controls): boolean =>
  c.vol === 0 && Object.values(c.prices).every((p) => p === 0) && isZero(c.size) && isZero(c.amount);

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const isZero = (typed: string): boolean => !/[1-9]/.test(typed);

/** The question the controls ask; what is not yet a number asks nothing, and says so in `trouble`. */
export function askOf(c: Controls): { ask: WhatIfAsk; trouble: string | null } {
  const size = c.size.trim();
  const amount = c.amount.trim();
  const sizeIsBad = size !== '' && !decimal.test(size);
  const amountIsBad = amount !== '' && !decimal.test(amount);
  const moved = Object.entries(c.prices).filter(([, p]) => p !== 0).map(([u, p]): [string, number] => [u, p / 100]);
  return {
    ask: {
      prices: Object.fromEntries(moved), vol: c.vol / 100,
      trade: sizeIsBad || isZero(size) || c.instrument === '' ? null : { instrument: c.instrument, size: unsigned(size) },
      coins: amountIsBad || isZero(amount) || c.asset === '' ? null : { asset: c.asset, amount: unsigned(amount) },
    },
    trouble: sizeIsBad ? `“${size}” is no size: type a number such as -0.5.` : amountIsBad ? `“${amount}” is no amount: type a number such as 1000.` : null,
  };
}

const unsigned = (typed: string): string => typed.replace(/^\+/, '');

/** A part of a held position as a trade of whole lots: −100 closes it. */
export function partOf(position: Pick<Position, 'size'>, percent: number, lot: string): string {
  const [size, step] = [Number(position.size), Number(lot)];
  if (!(step > 0) || !Number.isFinite(size)) return '';
  const lots = Math.round((size * percent) / 100 / step);
  return lots === 0 ? '' : (lots * step).toFixed(decimalsOf(lot));
}

const decimalsOf = (lot: string): number => Math.min(18, lot.split('.')[1]?.length ?? 0);

/** Coins worth a part of the equity, with as many digits as the asset has, at most eight. */
export function coinsWorth(equity: number, percent: number, price: number | null, decimals: number): string {
  if (price === null || !(price > 0) || percent === 0 || !(Math.abs(equity) > 0)) return '';
  return ((Math.abs(equity) * percent) / 100 / price).toFixed(Math.min(8, decimals));
}

/** In a sentence, what would become of the account. */
export function verdictOf(before: WhatIfSide, after: WhatIfSide): string {
  const [was, is] = [levelOf(before), levelOf(after)].map(standingOf);
  if (is === 'sunk') return was === 'sunk' ? 'It would still be liquidated.' : 'It would be liquidated.';
  if (was === 'sunk') return 'It would no longer be liquidated.';
  if (is === was) return is === 'open' ? 'It would stay above every line.' : 'It would stay under the initial line: it may only reduce.';
  if (is === 'open') return 'It would be above every line again.';
  return is === 'called' ? 'It would fall under the target line: it may only reduce.' : was === 'open' ? 'It would fall under the initial line: it may only reduce.' : 'It would be above the target line again, but still only reduce.';
}

export const levelOf = (side: WhatIfSide) => ({ counted: side.counted, ...side.requirement });
