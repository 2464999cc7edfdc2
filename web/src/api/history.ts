import { type Reader, figure } from './reader';

/** One point of the venue's past. `liquidated` is the USD notional liquidated since the point before. */
export interface HistoryPoint {
  time: number;
  prices: Record<string, number>;
  fund: number;
  coverage: number | null;
  liquidated: number;
  /** The haircut on the first of each asset the schedule names. */
  haircuts: Record<string, number>;
}

export const readPoint = (r: Reader): HistoryPoint => ({
  time: r.at('time').time(),
  prices: r.at('prices').entries(figure),
  fund: r.at('fund').figure(),
  coverage: r.at('coverage').maybe(figure),
  liquidated: r.at('liquidated').figure(),
  haircuts: r.at('haircuts').maybe((h) => h.entries(figure)) ?? {},
});

export const readHistory = (r: Reader): HistoryPoint[] => r.at('points').list(readPoint);
