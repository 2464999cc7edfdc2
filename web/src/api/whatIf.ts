import { type Thresholded, readThresholded } from './accounts';
import { type Reader, figure, text } from './reader';
import { type UnderlyingThresholds, readUnderlying } from './thresholds';

/** What might happen to an account: prices and volatility moved by a part, a trade at the mark, coins paid in or taken out. */
export interface WhatIfAsk {
  /** By underlying: −0.5 is half the price. */
  prices: Readonly<Record<string, number>>;
  /** Of every implied volatility: 0.5 is half as much again. */
  vol: number;
  trade: { instrument: string; size: string } | null;
  coins: { asset: string; amount: string } | null;
}

/** An account as it stands or would stand, USD. */
export interface WhatIfSide {
  equity: number;
  counted: number;
  notional: number;
  requirement: Thresholded;
  health: Thresholded;
  marginRatio: number | null;
  /** The scenario that binds; null when none loses. */
  binding: string | null;
  /** Where each underlying's price would take it below a line. */
  thresholds: UnderlyingThresholds[];
}

export interface WhatIfAnswer { before: WhatIfSide; after: WhatIfSide }

/** The question as the API takes it. */
export function bodyOf(ask: WhatIfAsk): object {
  const { coins, trade } = ask;
  return {
    ...(coins === null ? {} : coins.amount.startsWith('-') ? { withdrawals: [{ asset: coins.asset, amount: coins.amount.slice(1) }] } : { deposits: [coins] }),
    ...(trade === null ? {} : { trades: [trade] }),
    ...(Object.keys(ask.prices).length === 0 ? {} : { prices: Object.fromEntries(Object.entries(ask.prices).map(([asset, part]) => [asset, moved(part)])) }),
    ...(ask.vol === 0 ? {} : { vols: { '*': moved(ask.vol) } }),
    liquidationPrices: true,
  };
}

/** A part as the API writes a relative move: +12 %. Sliders move by whole per cent. */
const moved = (part: number): string => `${part >= 0 ? '+' : '-'}${Math.round(Math.abs(part) * 100)}%`;

export function readWhatIf(r: Reader): WhatIfAnswer {
  const account = r.at('account');
  const side = (when: 'before' | 'after'): WhatIfSide => ({
    ...readSide(account.at(when)),
    thresholds: account.at('liquidationPrices').maybe((p) => p.at(when).list(readUnderlying)) ?? [],
  });
  return { before: side('before'), after: side('after') };
}

const readSide = (r: Reader): Omit<WhatIfSide, 'thresholds'> => ({
  equity: r.at('equity').figure(), counted: r.at('counted').figure(), notional: r.at('notional').figure(),
  requirement: readThresholded(r.at('requirement')), health: readThresholded(r.at('health')),
  marginRatio: r.at('marginRatio').maybe(figure), binding: r.at('binding').maybe(text),
});
