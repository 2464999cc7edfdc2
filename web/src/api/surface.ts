import { type Reader, figure, text } from './reader';

/** How near a smile comes to its quotes. Volatilities are fractions. */
export interface FitError { quotes: number; volatility: number; outOfBand: number }

export interface SmileQuote { strike: number; k: number; bid: number; mid: number; ask: number }
export interface SmilePoint { strike: number; k: number; volatility: number; quoted: boolean }

export interface Smile {
  expiry: number;
  name: string;
  years: number;
  forward: number;
  forwardSource: string;
  atTheMoney: number;
  skew: number;
  /** Where the curve came from: fitted, constrained, essvi, stale, aged. */
  origin: string;
  /** The least Durrleman g; below 0 is butterfly arbitrage. */
  density: number | null;
  /** The least gain of total variance on the expiry before; null for the first. */
  calendarStep: number | null;
  error: FitError;
  /** The raw SVI smile fitted without any condition, to compare with. */
  freeError: FitError;
  quotes: SmileQuote[];
  curve: SmilePoint[];
}

export interface Surface {
  surfaces: string[];
  surface: string | null;
  at: number | null;
  /** `marks` of the venue's own options, or the name of a chain file. */
  source: string;
  sourceText: string;
  arbitrageFree: boolean | null;
  smiles: Smile[];
  /** Volatility by strike (across) and expiry (down, in the order of the smiles). */
  strikes: number[];
  map: { volatility: number | null; quoted: boolean }[][];
  /** Quotes left out, by reason. */
  rejected: { reason: string; count: number }[];
  notes: { expiry: string; text: string }[];
  /** Why there is no surface; null where there is one. */
  reason: string | null;
}

export const readSurface = (r: Reader): Surface => ({
  surfaces: r.at('surfaces').list(text),
  surface: r.at('surface').maybe(text),
  at: r.at('at').maybe((at) => at.time()),
  source: r.at('source').text(),
  sourceText: r.at('sourceText').text(),
  arbitrageFree: r.at('arbitrageFree').maybe((f) => f.flag()),
  smiles: r.at('smiles').list(readSmile),
  strikes: r.at('strikes').list(figure),
  map: r.at('map').list((row) => row.list((c) => ({ volatility: c.at('volatility').maybe(figure), quoted: c.at('quoted').flag() }))),
  rejected: r.at('rejected').list((x) => ({ reason: x.at('reason').text(), count: x.at('count').figure() })),
  notes: r.at('notes').list((n) => ({ expiry: n.at('expiry').text(), text: n.at('text').text() })),
  reason: r.at('reason').maybe(text),
});

const readSmile = (r: Reader): Smile => ({
  expiry: r.at('expiry').time(),
  name: r.at('name').text(),
  years: r.at('years').figure(),
  forward: r.at('forward').figure(),
  forwardSource: r.at('forwardSource').text(),
  atTheMoney: r.at('atTheMoney').figure(),
  skew: r.at('skew').figure(),
  origin: r.at('origin').text(),
  density: r.at('density').maybe(figure),
  calendarStep: r.at('calendarStep').maybe(figure),
  error: readError(r.at('error')),
  freeError: readError(r.at('freeError')),
  quotes: r.at('quotes').list((q) => ({
    strike: q.at('strike').figure(), k: q.at('k').figure(), bid: q.at('bid').figure(), mid: q.at('mid').figure(), ask: q.at('ask').figure(),
  })),
  curve: r.at('curve').list((p) => ({
    strike: p.at('strike').figure(), k: p.at('k').figure(), volatility: p.at('volatility').figure(), quoted: p.at('quoted').flag(),
  })),
});

const readError = (r: Reader): FitError => ({
  quotes: r.at('quotes').figure(), volatility: r.at('volatility').figure(), outOfBand: r.at('outOfBand').figure(),
});
