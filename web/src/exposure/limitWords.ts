import type { Limit } from '../api/limits';
import { percent, usd } from '../format/numbers';

const per: Readonly<Record<string, string>> = {
  gamma: ' per 1 %', vega: ' per volatility point', theta: ' per day', rho: ' per 1 % of rate',
  vanna: ' per volatility point', volga: ' per volatility point', charm: ' per day', speed: ' per 1 %',
};

/** What a limit holds, as a desk would say it: net delta of the venue in BTC. */
export function subjectOf(l: Limit): string {
  if (l.measure === 'held') return `what the venue holds in ${l.bucket ?? 'a bucket'}`;
  const what = `${l.gross ? 'gross' : 'net'} ${l.measure}`;
  const where = [l.underlying, l.bucket].filter((name) => name !== null).map((name) => ` in ${name}`).join('');
  return `${what} of ${whose(l)}${where}`;
}

function whose(l: Limit): string {
  if (l.scope === 'venue') return 'the venue';
  if (l.scope === 'class') return `class ${l.of ?? '?'}`;
  if (l.scope === 'owner') return `${l.of ?? '?'} and sub-accounts`;
  if (l.scope === 'each') return l.of === null ? 'each account' : `each account of class ${l.of}`;
  return l.of ?? 'an account';
}

/** Why a limit is where it is, in a sentence. */
export function reasonOf(l: Limit): string {
  const subject = subjectOf(l);
  const value = `${usd(l.value)}${per[l.measure] ?? ''}`;
  const most = l.accounts[0];
  const said = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}${l.scope === 'each' && most !== undefined ? `: ${most.account}` : ''}`;
  if (l.level === 'hard' && l.hard !== null) return `${said} is ${value}, ${usd(l.value - l.hard)} beyond the hard line of ${usd(l.hard)}${l.measure === 'held' ? '.' : ': only what reduces it is allowed.'}${others(l)}`;
  if (l.level === 'soft' && l.soft !== null) return `${said} is ${value}, ${usd(l.value - l.soft)} beyond the soft line of ${usd(l.soft)}${l.hard === null ? '' : `; the hard line is ${usd(l.hard)}`}.${others(l)}`;
  const line = l.hard ?? l.soft;
  return `${said} is ${value}${line === null ? '' : `, within ${usd(line)}`}.`;
}

const others = (l: Limit): string => (l.breaches > 1 ? ` ${l.breaches} accounts are beyond a line.` : '');

/** The part of a limit that is used; a line at nothing is passed by anything. */
export const usedOf = (l: Limit): string => (l.utilisation === null ? 'no room' : percent(l.utilisation, 0));

/** The worst first: breaches by how far they went, then the fullest. */
export const byUse = (limits: readonly Limit[]): Limit[] => [...limits].sort((a, b) => rank(b) - rank(a) || a.limit.localeCompare(b.limit));

const rank = (l: Limit): number => ({ within: 0, soft: 1, hard: 2 })[l.level] * 1e9 + Math.min(1e8, l.utilisation ?? 1e8);
