import { useEffect, useRef, useState } from 'react';
import { AccountsHead } from './AccountsHead';
import { AccountRowView } from './AccountRowView';
import { inSight, movedTo } from './rows';
import { useAccountPages } from './useAccountPages';

const rowHeight = 28;
/** Browsers cannot draw an element much taller than this; beyond it the search is the way. */
const mostRows = 500_000;

interface Props {
  find: string;
  order: string;
  onOrder: (order: string) => void;
  onOpen: (account: string) => void;
  onState: (state: { total: number | null; held: boolean; problem: string | null }) => void;
}

/** A table of any length that draws only what is in sight. Arrows move, Enter opens. */
export function AccountsTable({ find, order, onOrder, onOpen, onState }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 400 });
  const [active, setActive] = useState(0);
  const [held, setHeld] = useState({ pointer: false, focus: false });
  const holding = held.pointer || held.focus;

  const [count, setCount] = useState(0);
  const sight = inSight(scroll.top, scroll.height, rowHeight, Math.max(count, 1));
  const { total, problem, rowAt } = useAccountPages(order, find, sight, holding);
  const rows = Math.min(total ?? 0, mostRows);

  useEffect(() => setCount(rows), [rows]);
  useEffect(() => onState({ total, held: holding, problem }), [onState, total, holding, problem]);
  useEffect(() => {
    setActive(0);
    grid.current?.scrollTo({ top: 0 });
  }, [find, order]);
  useHeight(grid, setScroll);

  const go = (to: number): void => {
    setActive(to);
    const box = grid.current;
    if (box === null) return;
    const [top, bottom] = [to * rowHeight, (to + 2) * rowHeight - box.clientHeight];
    if (box.scrollTop > top) box.scrollTop = top;
    else if (box.scrollTop < bottom) box.scrollTop = bottom;
  };

  const onKeyDown = (e: React.KeyboardEvent): void => {
    if (e.target !== e.currentTarget) return;
    const row = rowAt(active);
    const to = movedTo(e.key, active, Math.max(1, Math.floor(scroll.height / rowHeight) - 2), rows);
    if (e.key === 'Enter' && row !== undefined) onOpen(row.account);
    else if (to !== null) go(to);
    else return;
    e.preventDefault();
  };

  return (
    <div
      ref={grid} id="accounts-grid" className="accounts-grid" role="grid" tabIndex={0}
      aria-label="Accounts" aria-rowcount={rows + 1} aria-activedescendant={rows > 0 ? `account-row-${active}` : undefined}
      onScroll={(e) => setScroll({ top: e.currentTarget.scrollTop, height: e.currentTarget.clientHeight })}
      onKeyDown={onKeyDown}
      onFocus={(e) => setHeld((h) => ({ ...h, focus: e.target === e.currentTarget }))}
      onBlur={() => setHeld((h) => ({ ...h, focus: false }))}
      onPointerEnter={() => setHeld((h) => ({ ...h, pointer: true }))}
      onPointerLeave={() => setHeld((h) => ({ ...h, pointer: false }))}
    >
      <AccountsHead order={order} onOrder={onOrder} />
      {total === 0 && <Words>{find === '' ? 'The venue has no accounts yet.' : `No account matches “${find}”.`}</Words>}
      {total === null && problem === null && <Words>Loading accounts…</Words>}
      <div className="account-space" role="rowgroup" style={{ height: rows * rowHeight }}>
        {/* Rows are slots: a slot is rewritten when accounts change places, which costs less than moving it and never flickers. */}
        {Array.from({ length: Math.max(0, Math.min(sight.last, rows - 1) - sight.first + 1) }, (_, i) => sight.first + i).map((index) => (
          <AccountRowView key={index} index={index} top={index * rowHeight} row={rowAt(index)} active={index === active} onOpen={onOpen} onActivate={setActive} />
        ))}
      </div>
    </div>
  );
}

/** A row of words where there are no accounts. */
const Words = ({ children }: { children: string }) => <div role="row"><div role="gridcell" className="empty">{children}</div></div>;

function useHeight(grid: React.RefObject<HTMLDivElement | null>, set: React.Dispatch<React.SetStateAction<{ top: number; height: number }>>): void {
  useEffect(() => {
    const box = grid.current;
    if (box === null) return undefined;
    const watcher = new ResizeObserver(() => set({ top: box.scrollTop, height: box.clientHeight }));
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [grid, set]);
}
