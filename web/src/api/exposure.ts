import { type Reader, figure, text } from './reader';

export const greeks = ['delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'volga', 'charm'] as const;
export type Greek = (typeof greeks)[number];

/** Every Greek of positions in USD; and beside them the size of the positions and the worth of the coins. */
export type GreekFigures = Readonly<Record<Greek | 'notional' | 'coins', number>>;
export interface Exposed { net: GreekFigures; gross: GreekFigures }
/** A part of what is held in one underlying: a column of the heat map. */
export interface ExposedCell extends Exposed { underlying: string; column: string }

/** What unwinding one underlying's delta and vega costs, in USD; `worst` is how far the last coin went from the mark. */
export interface Unwound { coins: number; deltaCost: number; vegaCost: number; unfilled: number; worst: number }
export interface ExposedUnderlying extends Exposed { underlying: string; price: number | null; unwound: Unwound }

/** A risk bucket: what is lost together when one protocol, venue, chain, issuer or oracle fails. USD, premia a year. */
export interface RiskBucket {
  bucket: string;
  kind: string;
  held: number;
  positions: number;
  /** The most it can lose: what is held in it and what accounts have in it. */
  cap: number;
  lossIfFails: number;
  premium: { failure: number; oracle: number; pays: number; total: number };
}

/** What would be left if all were unwound. */
export interface Liquidity { equity: number; cost: number; adjusted: number; vegaHalfSpread: number; depth: string }

/** Accounts looked at together: all of them, or a class. */
export interface Group {
  name: string;
  accounts: number;
  underlyings: ExposedUnderlying[];
  byExpiry: ExposedCell[];
  /** Options alone. */
  byStrike: ExposedCell[];
}

export interface ExposureReport {
  at: number;
  /** The names of the expiry buckets, in order, and of the strike buckets: strike against forward in per cent. */
  expiries: string[];
  strikes: string[];
  /** All accounts but the liquidity provider, who has the other side of what they are net; then the classes. */
  groups: Group[];
  buckets: RiskBucket[];
  liquidity: Liquidity;
}

/** The name of the group of all accounts. */
export const everybody = 'All accounts';

export function readExposure(r: Reader): ExposureReport {
  const customers = r.at('customers');
  return {
    at: r.at('at').time(),
    expiries: r.at('expiries').list(text),
    strikes: r.at('strikes').list(text),
    groups: [readGroup(customers, everybody), ...r.at('classes').list((c) => readGroup(c, c.at('class').text()))],
    buckets: customers.at('buckets').list(readBucket),
    liquidity: readLiquidity(customers.at('liquidity')),
  };
}

const readGroup = (r: Reader, name: string): Group => ({
  name,
  accounts: r.at('accounts').figure(),
  underlyings: r.at('underlyings').list((u) => ({
    underlying: u.at('underlying').text(), price: u.at('price').maybe(figure), ...readExposed(u), unwound: readUnwound(u.at('unwound')),
  })),
  byExpiry: r.at('cells').list((c) => ({ underlying: c.at('underlying').text(), column: c.at('expiry').text(), ...readExposed(c) })),
  byStrike: r.at('strikes').list((c) => ({ underlying: c.at('underlying').text(), column: c.at('strike').text(), ...readExposed(c) })),
});

const readGreeks = (r: Reader): GreekFigures =>
  Object.fromEntries([...greeks, 'notional', 'coins'].map((g) => [g, r.at(g).figure()])) as GreekFigures;

const readExposed = (r: Reader): Exposed => ({ net: readGreeks(r.at('net')), gross: readGreeks(r.at('gross')) });

const readUnwound = (r: Reader): Unwound => ({
  coins: r.at('coins').figure(), deltaCost: r.at('deltaCost').figure(), vegaCost: r.at('vegaCost').figure(),
  unfilled: r.at('unfilled').figure(), worst: r.at('worst').figure(),
});

const readBucket = (r: Reader): RiskBucket => {
  const premium = r.at('premium');
  return {
    bucket: r.at('bucket').text(), kind: r.at('kind').text(), held: r.at('held').figure(), positions: r.at('positions').figure(),
    cap: r.at('cap').figure(), lossIfFails: r.at('lossIfFails').figure(),
    premium: {
      failure: premium.at('failure').figure(), oracle: premium.at('oracle').figure(), pays: premium.at('pays').figure(), total: premium.at('total').figure(),
    },
  };
};

const readLiquidity = (r: Reader): Liquidity => ({
  equity: r.at('equity').figure(), cost: r.at('cost').figure(), adjusted: r.at('adjusted').figure(),
  vegaHalfSpread: r.at('vegaHalfSpread').figure(), depth: r.at('depth').text(),
});
