import { useEffect, useMemo, useRef, useState } from 'react';
import type { AccountRow } from '../api/accounts';
import { getAccounts, inWords, isAbort } from '../api/client';
import { useDesk } from '../live/store';
import { type Span, overlaid, refreshed } from './rows';

const pageSize = 100;
const again = 2_000;
const keptPages = 12;

interface Known { key: string; total: number | null; pages: ReadonlyMap<number, readonly AccountRow[]>; problem: string | null }
const unknown: Omit<Known, 'key'> = { total: null, pages: new Map(), problem: null };

export interface AccountPages { total: number | null; problem: string | null; rowAt: (index: number) => AccountRow | undefined }

/**
 * The rows of the account list that are in sight, kept fresh:
 * 1. the pages in sight are asked for at once and then every two seconds;
 * 2. the nearest accounts, which the stream carries, overlay the first page of the plain list by distance;
 * 3. while the order is held, figures move and rows do not.
 */
export function useAccountPages(order: string, find: string, sight: Span, held: boolean): AccountPages {
  const key = `${order}|${find}`;
  const [known, setKnown] = useState<Known>({ key, ...unknown });
  const current = known.key === key ? known : { key, ...unknown };
  const holding = useRef(held);
  holding.current = held;

  const firstPage = Math.floor(sight.first / pageSize);
  const lastPage = Math.max(firstPage, Math.floor(sight.last / pageSize));

  useEffect(() => {
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const round = async (): Promise<void> => {
      try {
        for (let page = firstPage; page <= lastPage; page++) {
          const answer = await getAccounts({ order, find, limit: pageSize, offset: page * pageSize }, control.signal);
          setKnown((old) => withPage(old.key === key ? old : { key, ...unknown }, page, answer, holding.current));
        }
      } catch (error) {
        if (isAbort(error)) return;
        setKnown((old) => ({ ...(old.key === key ? old : { key, ...unknown }), problem: inWords(error) }));
      }
      timer = setTimeout(() => void round(), again);
    };
    // A short wait lets a fast scroll pass over pages nobody will read.
    timer = setTimeout(() => void round(), 60);

    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [key, order, find, firstPage, lastPage]);

  const top = useTopPage(current.pages.get(0), order === 'distance' && find === '', held);
  const rowAt = (index: number): AccountRow | undefined =>
    (index < pageSize ? top : current.pages.get(Math.floor(index / pageSize)))?.[index % pageSize];
  return { total: current.total, problem: current.problem, rowAt };
}

function withPage(old: Known, page: number, answer: { total: number; rows: readonly AccountRow[] }, held: boolean): Known {
  const before = old.pages.get(page);
  const rows = held && before !== undefined && before.length === answer.rows.length ? refreshed(before, answer.rows) : answer.rows;
  const kept = [...old.pages].filter(([p]) => p !== page).slice(-keptPages);
  return { ...old, total: answer.total, problem: null, pages: new Map([...kept, [page, rows]]) };
}

/** The first page with the stream's rows laid over it, or, while held, as it last stood. */
function useTopPage(page: readonly AccountRow[] | undefined, streamed: boolean, held: boolean): readonly AccountRow[] | undefined {
  const nearest = useDesk((s) => s.nearest);
  const shown = useRef<readonly AccountRow[] | undefined>(undefined);

  return useMemo(() => {
    if (page === undefined || !streamed) shown.current = page;
    else if (held && shown.current !== undefined) shown.current = refreshed(refreshed(shown.current, page), nearest);
    else shown.current = overlaid(page, nearest);
    return shown.current;
  }, [page, nearest, streamed, held]);
}
