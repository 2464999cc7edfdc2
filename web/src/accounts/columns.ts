import type { AccountRow } from '../api/accounts';
import { fixed, nothing, percent, usd } from '../format/numbers';

export interface Column {
  /** The API's word for it, in `order`. */
  key: string;
  title: string;
  hint: string;
  show: (row: AccountRow) => string;
  /** Left-aligned words or right-aligned figures. */
  words?: boolean;
  /** Left out where the table is narrow. */
  wide?: boolean;
}

export const columns: readonly Column[] = [
  { key: 'account', title: 'Account', hint: 'The account’s id', show: (r) => r.account, words: true },
  { key: 'phase', title: 'Phase', hint: 'From healthy over warned, called, liquidating and auctioned to bankrupt', show: (r) => r.phase, words: true },
  { key: 'distance', title: 'Distance', hint: 'How far its largest underlying may move before liquidation', show: (r) => move(r.distance) },
  { key: 'marginRatio', title: 'Margin ratio', hint: 'Maintenance requirement over counted collateral; from 100 % it is under water', show: (r) => ratio(r.marginRatio) },
  { key: 'health', title: 'Health', hint: 'Counted collateral less the maintenance requirement, USD', show: (r) => usd(r.health.maintenance) },
  { key: 'equity', title: 'Equity', hint: 'What the account is worth, USD', show: (r) => usd(r.equity) },
  { key: 'counted', title: 'Counted', hint: 'Equity after haircuts, USD', show: (r) => usd(r.counted), wide: true },
  { key: 'maintenance', title: 'Maintenance', hint: 'Requirement below which it is liquidated, USD', show: (r) => usd(r.maintenance) },
  { key: 'initial', title: 'Initial', hint: 'Requirement to open more, USD', show: (r) => usd(r.initial), wide: true },
  { key: 'notional', title: 'Notional', hint: 'Sum of its positions’ size, USD', show: (r) => usd(r.notional) },
  { key: 'kind', title: 'Kind', hint: 'What kind of customer this is', show: (r) => r.kind, words: true, wide: true },
];

/** How far to liquidation; deep under water it says only that. */
export const move = (distance: number | null): string => (distance !== null && distance < -1 ? '<−100\u00a0%' : percent(distance, 2));

/** A ratio beyond ten says only that it is far beyond. */
export function ratio(value: number | null): string {
  if (value === null) return nothing;
  return value > 10 ? '>1,000\u00a0%' : `${fixed(value * 100, 1)}\u00a0%`;
}

/** `distance` ascending, `-distance` descending; a second press turns the order round. */
export const nextOrder = (order: string, key: string): string => (order === key ? `-${key}` : key);

/** What the list is ordered by, in words for its title. */
export function orderedBy(order: string): string {
  const key = order.replace(/^-/, '');
  return key === 'distance' ? 'distance to liquidation' : (columns.find((c) => c.key === key)?.title ?? key).toLowerCase();
}

export function sortState(order: string, key: string): 'ascending' | 'descending' | 'none' {
  if (order === key) return 'ascending';
  return order === `-${key}` ? 'descending' : 'none';
}
