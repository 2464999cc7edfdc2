import { createValue } from '../live/value';

export const views = ['desk', 'exposure', 'account', 'collateral', 'liquidations'] as const;
export type View = (typeof views)[number];

/** Which view the address names, which account it is about, and which part of it. */
export interface Place { view: View; account: string | null; part: string | null }

/**
 * `#/exposure`, `#/collateral` and `#/liquidations` are views, `#/exposure/limits` a part of one; `#/account/NAME` is one account's view and
 * `#/account/NAME/scenarios` a part of that. Anything else is the desk, `#coverage` a part of it.
 */
export function placeOf(hash: string): Place {
  const account = /^#\/account(?:\/([^/]+)(?:\/([a-z]+))?)?\/?$/.exec(hash);
  if (account !== null) return { view: 'account', account: plain(account[1]), part: account[2] ?? null };
  const other = /^#\/(exposure|collateral|liquidations)(?:\/([a-z]+))?\/?$/.exec(hash);
  if (other !== null) return { view: views.find((v) => v === other[1]) ?? 'desk', account: null, part: other[2] ?? null };
  return { view: 'desk', account: null, part: /^#([a-z]+)$/.exec(hash)?.[1] ?? null };
}

/** The address of a view or of a part of it. A part of the account view is one of the account last looked at. */
export function addressOf(view: View, part: string | null = null, account: string | null = null): string {
  if (view === 'desk') return `#${part ?? '/'}`;
  if (view === 'account' && account === null) return '#/account';
  const of = view === 'account' && account !== null ? `/${encodeURIComponent(account)}` : '';
  return `#/${view}${of}${part === null ? '' : `/${part}`}`;
}

/** What was written by hand may be no proper escape; it is then taken as it stands. */
function plain(name: string | undefined): string | null {
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export const place = createValue<Place>({ view: 'desk', account: null, part: null });

/** The account last looked at, so that the key and the bar lead back to it. */
export const lastAccount = createValue<string | null>(null);

/** The key that opens each view, from anywhere but a field. */
export const keyOf: Readonly<Record<View, string>> = { desk: 'd', exposure: 'e', account: 'a', collateral: 'c', liquidations: 'l' };

export function startViews(): void {
  const look = (): void => {
    const found = placeOf(location.hash);
    if (found.account !== null) lastAccount.set(found.account);
    place.set(found);
  };
  window.addEventListener('hashchange', look);
  document.addEventListener('keydown', (e) => {
    const view = views.find((v) => keyOf[v] === e.key);
    if (view === undefined || e.ctrlKey || e.metaKey || e.altKey || isBusy(e.target)) return;
    e.preventDefault();
    location.hash = addressOf(view, null, lastAccount.get());
  });
  look();
}

/** Whether keys belong to what has the focus: a field, or a dialog laid over the page. */
export const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && target.closest('input, select, textarea') !== null) || document.querySelector('dialog[open]') !== null;
