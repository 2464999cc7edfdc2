import type { Delivery, Notice, Stage } from '../api/liquidations';

/** What each stage is called, and what happens to who is in it. */
export const stageWords: Readonly<Record<string, readonly [string, string]>> = {
  healthy: ['Healthy', 'Nothing is asked of it'],
  warned: ['Warned', 'Its requirement comes near to what counts for it'],
  called: ['Called', 'It was called for margin and has not recovered'],
  liquidating: ['Selling', 'It is being sold slice by slice'],
  liquidated: ['Reduced', 'Some of it was liquidated and it has not recovered'],
  auctioned: ['Auctioned', 'What is left of it is being auctioned'],
  backstopped: ['Backstop', 'Nobody bid: the backstop takes what is left, and after it the last resort'],
  deleveraged: ['Deleveraged', 'Its book went to the other side'],
  bankrupt: ['Bankrupt', 'It lost more than it had; somebody else bore the rest'],
};

export const nameOf = (stage: string): string => stageWords[stage]?.[0] ?? stage;

/** The part of a bar's width, so that one account in ten thousand still shows: a logarithm, and nothing for nobody. */
export function widthOf(accounts: number, most: number): number {
  return accounts <= 0 || most <= 0 ? 0 : (0.04 + 0.96 * (Math.log1p(accounts) / Math.log1p(most)));
}

/** Everybody who is anywhere but well. */
export const inTrouble = (stages: readonly Stage[]): number => stages.filter((s) => s.stage !== 'healthy').reduce((sum, s) => sum + s.accounts, 0);

/** How long until a moment, by the venue's clock: 4:05, 1:02:00, or that it is due. */
export function countdown(at: number, now: number): string {
  const left = Math.ceil((at - now) / 1_000);
  if (left <= 0) return 'due';
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(left / 3_600), Math.floor(left / 60) % 60, left % 60];
  if (hours >= 48) return `${Math.floor(hours / 24)} d`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Where a notice stands, in a word or two. */
export function standingOf(notice: Notice): string {
  if (notice.acknowledgedBy !== null) return `seen by ${notice.acknowledgedBy}`;
  if (notice.closedAt !== null) return 'over';
  return notice.open ? 'nobody has seen it' : '';
}

const deliveryWords = { waiting: 'waits for', delivered: 'reached', 'given-up': 'never reached', 'not-needed': 'not needed by' } as const;

/** How far a notice has come, endpoint by endpoint. */
export const deliveryOf = (d: Delivery): string =>
  `${deliveryWords[d.state]} ${d.endpoint}${d.attempts > 1 ? `, ${d.attempts} attempts` : ''}${d.state !== 'delivered' && d.reason !== null ? `: ${d.reason}` : ''}`;
