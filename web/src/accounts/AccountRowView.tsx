import { memo } from 'react';
import type { AccountRow } from '../api/accounts';
import { columns } from './columns';

interface Props {
  index: number;
  top: number;
  row: AccountRow | undefined;
  active: boolean;
  onOpen: (account: string) => void;
  onActivate: (index: number) => void;
}

/** A move this large or larger fills no part of the distance gauge. */
const farMove = 0.5;

/** One account in the table; an empty row while its page is on the way. */
export const AccountRowView = memo(function AccountRowView({ index, top, row, active, onOpen, onActivate }: Props) {
  const near = row?.distance == null ? 0 : Math.min(1, Math.max(0, 1 - row.distance / farMove));

  return (
    <div
      id={`account-row-${index}`} className="account-row" role="row" aria-rowindex={index + 2} aria-selected={active}
      data-phase={row?.phase} data-odd={index % 2 === 1} style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onActivate(index);
        if (row !== undefined) onOpen(row.account);
      }}
    >
      {columns.map((c) => (
        <div key={c.key} role="gridcell" data-key={c.key} data-words={c.words} data-wide={c.wide}>
          {c.key === 'distance' && near > 0 && <i className="near" style={{ width: `${near * 100}%` }} aria-hidden="true" />}
          <span>{row === undefined ? '' : c.show(row)}</span>
        </div>
      ))}
    </div>
  );
});
