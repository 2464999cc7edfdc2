import { columns, nextOrder, sortState } from './columns';

/** The columns' names; pressing one sorts by it, pressing it again turns the order round. */
export function AccountsHead({ order, onOrder }: { order: string; onOrder: (order: string) => void }) {
  return (
    <div role="rowgroup" className="account-head-group">
      <div className="account-head" role="row" aria-rowindex={1}>
        {columns.map((c) => (
          <div key={c.key} role="columnheader" aria-sort={sortState(order, c.key)} data-words={c.words} data-wide={c.wide}>
            <button type="button" title={c.hint} onClick={() => onOrder(nextOrder(order, c.key))}>{c.title}</button>
          </div>
        ))}
      </div>
    </div>
  );
}
