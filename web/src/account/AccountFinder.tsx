import { useEffect, useId, useRef, useState } from 'react';
import { useSlashFocuses } from '../accounts/useSlashFocuses';
import type { AccountRow } from '../api/accounts';
import { getAccounts } from '../api/client';
import { usd } from '../format/numbers';
import { addressOf } from '../view/view';

const most = 8;
const typingPause = 120;

/** A field that completes names of accounts: type, arrows choose, Enter goes there. Empty, it offers those nearest to liquidation. */
export function AccountFinder({ account }: { account: string | null }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = useFound(open ? text.trim() : null);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  useSlashFocuses(field);

  const go = (name: string): void => {
    setOpen(false);
    setText('');
    field.current?.blur();
    location.hash = addressOf('account', null, name);
  };

  const onKeyDown = (e: React.KeyboardEvent): void => {
    const chosen = found[active]?.account ?? (text.trim() === '' ? undefined : text.trim());
    if (e.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
    else if (e.key === 'ArrowUp') setActive(Math.max(-1, active - 1));
    else if (e.key === 'Escape') setOpen(false);
    else if (e.key === 'Enter' && chosen !== undefined) go(chosen);
    else return;
    e.preventDefault();
  };

  return (
    <div className="finder">
      <input
        ref={field} type="search" role="combobox" autoComplete="off" spellCheck={false} maxLength={64}
        aria-label="Choose an account" aria-expanded={open} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={active >= 0 && open ? `${list}-${active}` : undefined}
        placeholder={account === null ? 'Choose an account  /' : 'Another account  /'} value={text}
        onChange={(e) => {
          setText(e.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label="Accounts that match" hidden={!open}>
        {found.length === 0 && <li className="note" role="option" aria-selected={false} aria-disabled="true">{text.trim() === '' ? 'Loading…' : `No account matches “${text.trim()}”.`}</li>}
        {found.map((row, i) => (
          // The press comes before the blur that closes the list.
          <li
            key={row.account} id={`${list}-${i}`} role="option" aria-selected={i === active}
            onPointerEnter={() => setActive(i)}
            onPointerDown={(e) => {
              e.preventDefault();
              go(row.account);
            }}
          >
            <span>{row.account}</span><small>{row.phase}</small><small className="num">{usd(row.equity)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The first accounts that match what was typed, a moment after the last key; null asks nothing. */
function useFound(find: string | null): readonly AccountRow[] {
  const [rows, setRows] = useState<readonly AccountRow[]>([]);

  useEffect(() => {
    if (find === null) return undefined;
    const control = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const page = await getAccounts({ order: find === '' ? 'distance' : 'account', limit: most, offset: 0, find }, control.signal);
        setRows(page.rows);
      } catch {
        // The finder only helps: the name can still be typed to its end, and the view says what is wrong.
      }
    };
    const timer = setTimeout(() => void ask(), typingPause);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [find]);

  return rows;
}
