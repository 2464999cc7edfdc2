import type { Exposed, ExposureReport, Greek, Group } from '../api/exposure';
import type { Unit } from './greekWords';

export const cuts = ['expiry', 'strike'] as const;
/** What the columns are: how long contracts still run, or where options' strikes lie against their forwards. */
export type Cut = (typeof cuts)[number];

export interface GreekQuestion { greek: Greek; gross: boolean; unit: Unit; cut: Cut }
export interface GreekLine { key: string; underlying: string; price: number | null; cells: (number | null)[]; total: boolean }
/** `sums` counts the columns at the end that add up or stand beside the cells. */
export interface GreekTable { columns: string[]; lines: GreekLine[]; sums: number }

/** The name of the column and of the line that add up the others. */
export const all = 'All';

const spans: Readonly<Record<string, string>> = {
  endless: 'No end', day: '≤ 1 d', week: '≤ 7 d', month: '≤ 31 d', quarter: '≤ 92 d', 'half-year': '≤ 183 d', year: '≤ 366 d', beyond: '> 366 d',
};

/** How long the contracts of a column still run. */
export const spanOf = (expiry: string): string => spans[expiry] ?? expiry;

/** Where the strikes of a column lie, in per cent of the forward. */
export const strikesOf = (strike: string): string =>
  strike.startsWith('under-') ? `< ${strike.slice(6)} %` : strike.startsWith('over-') ? `> ${strike.slice(5)} %` : `${strike.replace('-', '–')} %`;

/**
 * One Greek of a group as a table: underlyings with positions down, the expiries or strikes there are across, a sum at the
 * end of each line, and below them all the sum over underlyings. Beside delta by expiry stand the coins, which are delta too.
 * Coins of different kinds are never added.
 */
export function greekTable(report: Pick<ExposureReport, 'expiries' | 'strikes'>, group: Group, ask: GreekQuestion): GreekTable {
  const of = (exposed: Exposed, figure: Greek | 'coins'): number => (ask.gross ? exposed.gross : exposed.net)[figure];
  const inUnit = (usd: number, price: number | null): number | null => (ask.unit === 'usd' ? usd : price !== null && price > 0 ? usd / price : null);
  const byExpiry = ask.cut === 'expiry';
  const cells = byExpiry ? group.byExpiry : group.byStrike;
  const names = (byExpiry ? report.expiries : report.strikes).filter((name) => cells.some((c) => c.column === name));
  const coins = ask.greek === 'delta' && byExpiry;
  const shown = group.underlyings.filter((u) => (byExpiry ? u.gross.notional > 0 : cells.some((c) => c.underlying === u.underlying)));

  const lines: GreekLine[] = shown.map((u) => {
    const own = names.map((name) => cells.find((c) => c.underlying === u.underlying && c.column === name));
    // By strike the sum is of options alone: what has no strike is in no column.
    const sum = byExpiry ? of(u, ask.greek) : own.reduce((total, c) => total + (c === undefined ? 0 : of(c, ask.greek)), 0);
    return {
      key: u.underlying,
      underlying: u.underlying,
      price: u.price,
      total: false,
      cells: [
        ...own.map((c) => (c === undefined ? null : inUnit(of(c, ask.greek), u.price))),
        inUnit(sum, u.price),
        ...(coins ? [inUnit(of(u, 'coins'), u.price)] : []),
      ],
    };
  });
  const columns = [...names.map(byExpiry ? spanOf : strikesOf), byExpiry ? all : 'Options', ...(coins ? ['Coins'] : [])];
  const sums = coins ? 2 : 1;
  if (ask.unit === 'coin' || lines.length < 2) return { columns, lines, sums };

  const last = columns.map((_, i) => lines.reduce<number | null>((sum, line) => add(sum, line.cells[i] ?? null), null));
  return { columns, lines: [...lines, { key: all, underlying: all, price: null, total: true, cells: last }], sums };
}

const add = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** The figures the colours are measured by: the cells, without what stands beside them. */
export const shaded = (table: GreekTable): (number | null)[] =>
  table.lines.flatMap((line) => (line.total ? [] : line.cells.slice(0, line.cells.length - table.sums)));
