import { createValue } from '../live/value';

export const views = ['desk', 'exposure'] as const;
export type View = (typeof views)[number];

/** Which view the address names, and which part of it. */
export interface Place { view: View; part: string | null }

/** `#/exposure` is the exposure view, `#/exposure/limits` a part of it; anything else is the desk, `#coverage` a part of that. */
export function placeOf(hash: string): Place {
  const found = /^#\/exposure(?:\/([a-z]+))?\/?$/.exec(hash);
  if (found !== null) return { view: 'exposure', part: found[1] ?? null };
  const part = /^#([a-z]+)$/.exec(hash)?.[1] ?? null;
  return { view: 'desk', part };
}

/** The address of a view, or of a part of it. */
export const addressOf = (view: View, part: string | null = null): string =>
  view === 'desk' ? `#${part ?? '/'}` : `#/exposure${part === null ? '' : `/${part}`}`;

export const place = createValue<Place>({ view: 'desk', part: null });

/** The key that opens each view, from anywhere but a field. */
export const keyOf: Readonly<Record<View, string>> = { desk: 'd', exposure: 'e' };

export function startViews(): void {
  const look = (): void => place.set(placeOf(location.hash));
  window.addEventListener('hashchange', look);
  document.addEventListener('keydown', (e) => {
    const view = views.find((v) => keyOf[v] === e.key);
    if (view === undefined || e.ctrlKey || e.metaKey || e.altKey || isBusy(e.target)) return;
    e.preventDefault();
    location.hash = addressOf(view);
  });
  look();
}

/** Whether keys belong to what has the focus: a field, or a dialog laid over the page. */
export const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && target.closest('input, select, textarea') !== null) || document.querySelector('dialog[open]') !== null;
