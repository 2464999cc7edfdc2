import { type Reader, figure, text } from './reader';

/** The haircut on the part of one owner's value from `from` on. */
export interface Tier { from: number; haircut: number }

export const eligibilities = ['eligible', 'limited', 'refused'] as const;
export type Eligibility = (typeof eligibilities)[number];

/** One asset as collateral, all customers together; money in USD. */
export interface PledgedAsset {
  asset: string;
  class: string;
  follows: string | null;
  /** What it is as collateral; null where the schedule does not name it. */
  kind: string | null;
  issuer: string | null;
  price: number | null;
  /** By value of one owner's holding; empty where the rulebook counts none of it. */
  tiers: Tier[];
  /** The least haircut the market asks for now; null where none follows it. */
  dynamicHaircut: number | null;
  /** Of a day, which that was last reckoned with. */
  dailyVolatility: number | null;
  verdict: { eligibility: Eligibility; score: number | null; reason: string };
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

export const capScopes = ['account', 'owner', 'issuer', 'venue', 'issuer-venue'] as const;
/** `of` is the account or owner, null for the venue; `subject` the asset, or the issuer. */
export interface CapUse { scope: (typeof capScopes)[number]; of: string | null; subject: string; used: number; cap: number; utilisation: number }

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
    scope: c.at('scope').oneOf(capScopes), of: c.at('of').maybe(text), subject: c.at('subject').text(), used: c.at('used').figure(), cap: c.at('cap').figure(), utilisation: c.at('utilisation').figure(),
  })),
  loans: r.at('loans').list(readLoan),
  correlation: readCorrelation(r.at('correlation')),
});

const readAsset = (r: Reader): PledgedAsset => ({
  asset: r.at('asset').text(), class: r.at('class').text(), follows: r.at('follows').maybe(text),
  kind: r.at('kind').maybe(text), issuer: r.at('issuer').maybe(text), price: r.at('price').maybe(figure),
  tiers: r.at('tiers').list((t) => ({ from: t.at('from').figure(), haircut: t.at('haircut').figure() })),
  dynamicHaircut: r.at('dynamicHaircut').maybe(figure), dailyVolatility: r.at('dailyVolatility').maybe(figure),
  verdict: { eligibility: r.at('verdict').at('eligibility').oneOf(eligibilities), score: r.at('verdict').at('score').maybe(figure), reason: r.at('verdict').at('reason').text() },
  accounts: r.at('accounts').figure(), coins: r.at('coins').figure(), value: r.at('value').figure(), counted: r.at('counted').figure(),
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
