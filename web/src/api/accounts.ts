import { type Reader, figure, text } from './reader';

export const phases = ['healthy', 'warned', 'called', 'liquidating', 'liquidated', 'auctioned', 'backstopped', 'deleveraged', 'bankrupt', 'closed'] as const;
export type Phase = (typeof phases)[number];

/** Money in USD at each of the three thresholds. */
export interface Thresholded { initial: number; target: number; maintenance: number }

export interface AccountRow {
  account: string;
  kind: string;
  equity: number;
  counted: number;
  maintenance: number;
  initial: number;
  health: Thresholded;
  /** Maintenance requirement over counted collateral: 1 and above is under water. Null when nothing counts. */
  marginRatio: number | null;
  /** Fraction its largest underlying may move before liquidation; null when no move does it. */
  distance: number | null;
  phase: Phase;
  notional: number;
}

export interface AccountsPage { total: number; rows: AccountRow[] }

export interface Balance { asset: string; amount: string; loan: string | null; value: number | null }

export interface Position {
  instrument: string;
  size: string;
  entry: number | null;
  mark: number | null;
  unrealised: number | null;
  delta: number | null;
  notional: number | null;
}

export interface Order { id: string; instrument: string; size: string; price: string | null }

export const modes = ['portfolio', 'cross', 'isolated'] as const;
export type Mode = (typeof modes)[number];

export interface AccountDetail extends AccountRow { mode: Mode; owner: string | null; balances: Balance[]; positions: Position[]; orders: Order[] }

export const readThresholded = (r: Reader): Thresholded => ({
  initial: r.at('initial').figure(),
  target: r.at('target').figure(),
  maintenance: r.at('maintenance').figure(),
});

export function readAccountRow(r: Reader): AccountRow {
  return {
    account: r.at('account').text(),
    kind: r.at('kind').text(),
    equity: r.at('equity').figure(),
    counted: r.at('counted').figure(),
    maintenance: r.at('maintenance').figure(),
    initial: r.at('initial').figure(),
    health: readThresholded(r.at('health')),
    marginRatio: r.at('marginRatio').maybe(figure),
    distance: r.at('distance').maybe(figure),
    phase: r.at('phase').oneOf(phases),
    notional: r.at('notional').figure(),
  };
}

export const readAccountsPage = (r: Reader): AccountsPage => ({
  total: r.at('total').figure(),
  rows: r.at('rows').list(readAccountRow),
});

export const readAccountDetail = (r: Reader): AccountDetail => ({
  ...readAccountRow(r),
  mode: r.at('mode').oneOf(modes),
  owner: r.at('owner').maybe(text),
  balances: r.at('balances').list(readBalance),
  positions: r.at('positions').list(readPosition),
  orders: r.at('orders').maybe((o) => o.list(readOrder)) ?? [],
});

const readBalance = (r: Reader): Balance => ({
  asset: r.at('asset').text(),
  amount: r.at('amount').exact(),
  loan: r.at('loan').maybe((l) => l.exact()),
  value: r.at('value').maybe(figure),
});

const readPosition = (r: Reader): Position => ({
  instrument: r.at('instrument').text(),
  size: r.at('size').exact(),
  entry: r.at('entry').maybe(figure),
  mark: r.at('mark').maybe(figure),
  unrealised: r.at('unrealised').maybe(figure),
  delta: r.at('delta').maybe(figure),
  notional: r.at('notional').maybe(figure),
});

const readOrder = (r: Reader): Order => ({
  id: r.at('id').text(),
  instrument: r.at('instrument').text(),
  size: r.at('size').exact(),
  price: r.at('price').maybe((p) => p.exact()),
});
