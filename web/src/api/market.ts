import { type Reader, figure } from './reader';

/** `lotSize` is the smallest size, as text with its digits. */
export interface ListedInstrument { instrument: string; kind: string; underlying: string; lotSize: string }
export interface ListedAsset { asset: string; class: string; decimals: number; price: number | null }

/** What the page needs of the market: what is listed, and which underlyings the derivatives have. */
export interface Market { assets: ListedAsset[]; instruments: ListedInstrument[]; underlyings: string[] }

export function readMarket(r: Reader): Market {
  const instruments = r.at('instruments').list((i) => ({
    instrument: i.at('instrument').text(), kind: i.at('kind').text(), underlying: i.at('underlying').text(), lotSize: i.at('lotSize').exact(),
  }));
  return {
    assets: r.at('assets').list((a) => ({ asset: a.at('asset').text(), class: a.at('class').text(), decimals: a.at('decimals').figure(), price: a.at('price').maybe(figure) })),
    instruments,
    underlyings: [...new Set(instruments.filter((i) => i.kind !== 'spot').map((i) => i.underlying))].sort(),
  };
}
