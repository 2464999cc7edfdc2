import type { AccountRow } from '../api/accounts';

/** The same accounts in the same order with their newest figures: for a table somebody is pointing at. */
export function refreshed(shown: readonly AccountRow[], news: readonly AccountRow[]): readonly AccountRow[] {
  const byAccount = new Map(news.map((row) => [row.account, row]));
  return shown.map((row) => byAccount.get(row.account) ?? row);
}

/** A first page with the streamed nearest accounts on top: each account once, as many rows as before. */
export function overlaid(page: readonly AccountRow[], nearest: readonly AccountRow[]): readonly AccountRow[] {
  if (nearest.length === 0) return page;
  const streamed = new Set(nearest.map((row) => row.account));
  const rest = page.filter((row) => !streamed.has(row.account));
  return [...nearest, ...rest].slice(0, Math.max(page.length, nearest.length));
}

export interface Span { first: number; last: number }

/** The rows in sight, with a few more above and below, so that scrolling shows no gap. Inclusive; empty when last < first. */
export function inSight(scrollTop: number, height: number, rowHeight: number, total: number, margin = 6): Span {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  const last = Math.min(total - 1, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { first, last };
}

/** Where a key takes the row at `from`; null when the key is none of ours. */
export function movedTo(key: string, from: number, perPage: number, total: number): number | null {
  const target: Record<string, number> = {
    ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + perPage, PageUp: from - perPage, Home: 0, End: total - 1,
  };
  const to = target[key];
  return to === undefined || total === 0 ? null : Math.max(0, Math.min(total - 1, to));
}
