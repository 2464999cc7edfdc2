import { type Reader, text } from './reader';

/** What the page needs of the market: which underlyings the listed derivatives have. */
export interface Market { underlyings: string[] }

export function readMarket(r: Reader): Market {
  const derivatives = r.at('instruments').list((i) => ({ kind: i.at('kind').maybe(text), underlying: i.at('underlying').maybe(text) }));
  const names = derivatives.filter((i) => i.kind !== 'spot' && i.underlying !== null).map((i) => i.underlying ?? '');
  return { underlyings: [...new Set(names)].sort() };
}
