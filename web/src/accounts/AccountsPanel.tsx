import { useDeferredValue, useRef, useState } from 'react';
import { Panel } from '../Panel';
import { fixed } from '../format/numbers';
import { AccountsTable } from './AccountsTable';
import { orderedBy } from './columns';
import { useSlashFocuses } from './useSlashFocuses';

/** Every account, those nearest to liquidation first. */
export function AccountsPanel({ onOpen }: { onOpen: (account: string) => void }) {
  const [find, setFind] = useState('');
  const [order, setOrder] = useState('distance');
  const [state, setState] = useState<{ total: number | null; held: boolean; problem: string | null }>({ total: null, held: false, problem: null });
  const search = useRef<HTMLInputElement>(null);
  const settled = useDeferredValue(find.trim());
  useSlashFocuses(search);

  return (
    <Panel
      id="accounts"
      title={`Accounts by ${orderedBy(order)}`}
      note={state.total === null ? undefined : `${fixed(state.total, 0)} accounts`}
      problem={state.problem}
      tools={(
        <>
          <span className="held" data-held={state.held}>Order held</span>
          <input
            ref={search} type="search" placeholder="Find an account  /" aria-label="Find an account" value={find}
            onChange={(e) => setFind(e.target.value)}
            onKeyDown={(e) => {
              if (e.key !== 'ArrowDown') return;
              e.preventDefault();
              document.getElementById('accounts-grid')?.focus();
            }}
          />
        </>
      )}
    >
      <AccountsTable find={settled} order={order} onOrder={setOrder} onOpen={onOpen} onState={setState} />
    </Panel>
  );
}
