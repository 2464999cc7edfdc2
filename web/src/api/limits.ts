import { type Reader, figure, text } from './reader';

export const levels = ['within', 'soft', 'hard'] as const;
export type Level = (typeof levels)[number];

/** What one account uses of a limit that holds every account by itself. */
export interface AccountUse { account: string; value: number; level: Level }

/** A limit and what is measured against it, in USD. */
export interface Limit {
  limit: string;
  scope: string;
  of: string | null;
  measure: string;
  gross: boolean;
  underlying: string | null;
  bucket: string | null;
  /** What is measured; of a limit on every account by itself, the largest. */
  value: number;
  soft: number | null;
  hard: number | null;
  /** Part of the hard line, or of the soft one where there is no hard; null of a line at 0 that is passed. */
  utilisation: number | null;
  level: Level;
  /** How many breaches of it there are now. */
  breaches: number;
  accounts: AccountUse[];
}

export const readLimits = (r: Reader): Limit[] => r.at('limits').list(readLimit);

const readLimit = (r: Reader): Limit => ({
  limit: r.at('limit').text(),
  scope: r.at('scope').text(),
  of: r.at('of').maybe(text),
  measure: r.at('measure').text(),
  gross: r.at('gross').flag(),
  underlying: r.at('underlying').maybe(text),
  bucket: r.at('bucket').maybe(text),
  value: r.at('value').figure(),
  soft: r.at('soft').maybe(figure),
  hard: r.at('hard').maybe(figure),
  utilisation: r.at('utilisation').maybe(figure),
  level: r.at('level').oneOf(levels),
  breaches: r.at('breaches').figure(),
  accounts: r.at('accounts').list((a) => ({ account: a.at('account').text(), value: a.at('value').figure(), level: a.at('level').oneOf(levels) })),
});
