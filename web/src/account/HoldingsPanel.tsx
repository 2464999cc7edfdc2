import type { ReactNode } from 'react';
import { Panel } from '../Panel';
import type { AccountDetail, Position } from '../api/accounts';
import type { Collateral, MarginExplained } from '../api/margin';
import { compact, exact, fixed, nothing, percent, price, usd, usdSigned } from '../format/numbers';
import { requiredBy } from './waterfall';

interface Column<T> { title: string; hint?: string; words?: boolean; show: (row: T) => ReactNode }

/** What it holds: each position and each coin, and what each does in the worst scenario. */
export function HoldingsPanel({ detail, margin, problem }: { detail: AccountDetail | null; margin: MarginExplained | null; problem: string | null }) {
  const changes = new Map(margin?.contributions.map((c) => [c.instrument, c.change]));
  const most = Math.max(1, ...(margin?.contributions ?? []).map((c) => Math.abs(c.change)), ...(margin?.collateral ?? []).map((c) => Math.abs(c.change)));
  const worst = (change: number | undefined): ReactNode => (change === undefined ? nothing : <Change value={change} most={most} />);

  return (
    <Panel id="holdings" title="Positions and collateral" problem={problem} note={margin?.binding == null ? undefined : `in the worst scenario: ${margin.binding.id}`}>
      <div className="holdings-body" tabIndex={0} role="region" aria-label="Positions and collateral">
        <Lines<Position>
          name="Position" rows={detail?.positions} keyOf={(p) => p.instrument} waiting={detail === null && problem === null} empty="No open position."
          columns={[
            { title: 'Size', hint: 'Signed, + long, in the instrument’s own unit', show: (p) => exact(p.size) },
            { title: 'Mark', show: (p) => price(p.mark) },
            { title: 'Notional', show: (p) => usd(p.notional) },
            { title: 'Delta', hint: 'Coins of the underlying it moves like', show: (p) => (p.delta === null ? nothing : fixed(p.delta, 3)) },
            { title: 'Unrealised', show: (p) => usdSigned(p.unrealised) },
            { title: 'Requires', hint: 'What it asks at the maintenance line, all parts together; below zero where it lessens the binding loss', show: (p) => (margin === null ? nothing : usd(requiredBy(margin, { instrument: p.instrument }, 'maintenance'))) },
            { title: 'In the worst', hint: 'Gain in the binding scenario', show: (p) => worst(changes.get(p.instrument)) },
          ]}
        />
        <Lines<Collateral>
          name="Collateral" rows={margin?.collateral} keyOf={(c) => c.asset} waiting={margin === null && problem === null} empty="No collateral."
          columns={[
            { title: 'Coins', hint: 'Owned less owed, the worth of positions that settle in it included', show: (c) => compact(c.net) },
            { title: 'Value', show: (c) => usd(c.value) },
            { title: 'Haircut', hint: 'The part of the value that is refused', show: (c) => percent(c.haircut, 2) },
            { title: 'Counted', show: (c) => usd(c.counted) },
            { title: 'Refused', show: (c) => usd(c.value - c.counted) },
            { title: 'Requires', hint: 'What it, or what follows it, asks at the maintenance line', show: (c) => (margin === null ? nothing : usd(requiredBy(margin, { asset: c.asset }, 'maintenance'))) },
            { title: 'In the worst', hint: 'Gain of its counted coins in the binding scenario', show: (c) => worst(c.change) },
          ]}
        />
      </div>
    </Panel>
  );
}

/** A gain or loss with its bar beside it, losses to the left. */
function Change({ value, most }: { value: number; most: number }) {
  return (
    <span className="change" data-loss={value < 0}>
      <span className="change-bar" aria-hidden="true"><i style={{ width: `${(50 * Math.abs(value)) / most}%` }} /></span>{usdSigned(value)}
    </span>
  );
}

interface LinesProps<T> { name: string; rows: readonly T[] | undefined; keyOf: (row: T) => string; waiting: boolean; empty: string; columns: readonly Column<T>[] }

function Lines<T>({ name, rows, keyOf, waiting, empty, columns }: LinesProps<T>) {
  return (
    <table className="proposal holdings" aria-label={name}>
      <thead><tr><th scope="col">{name}</th>{columns.map((c) => <th key={c.title} scope="col" title={c.hint}>{c.title}</th>)}</tr></thead>
      <tbody>
        {rows === undefined || rows.length === 0
          ? <tr><td colSpan={columns.length + 1} data-words="true" className="note">{waiting ? 'Loading…' : empty}</td></tr>
          : rows.map((row) => <tr key={keyOf(row)}><th scope="row">{keyOf(row)}</th>{columns.map((c) => <td key={c.title} className="num">{c.show(row)}</td>)}</tr>)}
      </tbody>
    </table>
  );
}
