import { type Reader, figure, text } from './reader';

/** The haircut on the part of one account's value from `from` on. */
export interface Tier { from: number; haircut: number }

/** One asset as collateral, all customers together; money in USD. */
export interface PledgedAsset {
  asset: string;
  class: string;
  follows: string | null;
  price: number | null;
  /** Empty where the rulebook counts none of it. */
  tiers: Tier[];
  /** Value above which one account's holding counts nothing. */
  cap: number | null;
  accounts: number;
  coins: number;
  value: number;
  counted: number;
  /** 1 − counted ÷ value; null where nothing is held. */
  haircut: number | null;
  owed: number;
  owedValue: number;
  largest: { account: string; value: number } | null;
}

export interface CapUse { scope: string; of: string; asset: string; used: number; cap: number; utilisation: number }

export interface Correlation {
  underlyings: string[];
  /** Null where too few hours are known. */
  matrix: (number | null)[][];
  hours: number;
  known: number;
  least: number;
}

/** How much of an asset is lent, at what price and up to what; and how much debt it carries as a pledge. */
export interface Loan {
  asset: string;
  lent: number;
  lentValue: number | null;
  /** What is lent over what customers hold, 0 to 1. */
  utilisation: number;
  annualRate: number | null;
  cap: number | null;
  ownerCap: number | null;
  loanToValue: number | null;
  liquidationThreshold: number | null;
}

export interface CollateralReport { at: number; assets: PledgedAsset[]; caps: CapUse[]; loans: Loan[]; correlation: Correlation }

export const readCollateralReport = (r: Reader): CollateralReport => ({
  at: r.at('at').time(),
  assets: r.at('assets').list(readAsset),
  caps: r.at('caps').list((c) => ({
    scope: c.at('scope').text(), of: c.at('of').text(), asset: c.at('asset').text(), used: c.at('used').figure(), cap: c.at('cap').figure(), utilisation: c.at('utilisation').figure(),
  })),
  loans: r.at('loans').list(readLoan),
  correlation: readCorrelation(r.at('correlation')),
});

const readAsset = (r: Reader): PledgedAsset => ({
  asset: r.at('asset').text(), class: r.at('class').text(), follows: r.at('follows').maybe(text), price: r.at('price').maybe(figure),
  tiers: r.at('tiers').list((t) => ({ from: t.at('from').figure(), haircut: t.at('haircut').figure() })),
  cap: r.at('cap').maybe(figure), accounts: r.at('accounts').figure(), coins: r.at('coins').figure(), value: r.at('value').figure(), counted: r.at('counted').figure(),
  haircut: r.at('haircut').maybe(figure), owed: r.at('owed').figure(), owedValue: r.at('owedValue').figure(),
  largest: r.at('largest').maybe((l) => ({ account: l.at('account').text(), value: l.at('value').figure() })),
});

const readLoan = (r: Reader): Loan => ({
  asset: r.at('asset').text(), lent: r.at('lent').figure(), lentValue: r.at('lentValue').maybe(figure), utilisation: r.at('utilisation').figure(),
  annualRate: r.at('annualRate').maybe(figure), cap: r.at('cap').maybe(figure), ownerCap: r.at('ownerCap').maybe(figure),
  loanToValue: r.at('loanToValue').maybe(figure), liquidationThreshold: r.at('liquidationThreshold').maybe(figure),
});

const readCorrelation = (r: Reader): Correlation => ({
  underlyings: r.at('underlyings').list(text),
  matrix: r.at('matrix').list((row) => row.list((cell) => cell.maybe(figure))),
  hours: r.at('hours').figure(), known: r.at('known').figure(), least: r.at('least').figure(),
});
