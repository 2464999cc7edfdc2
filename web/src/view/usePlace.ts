import { useEffect } from 'react';
import { useValue } from '../live/value';
import { type Place, place } from './view';

/** Where the address points; a part named by it is brought into sight once it is there. */
export function usePlace(ready: boolean): Place {
  const at = useValue(place);

  useEffect(() => {
    if (!ready || at.part === null) return;
    const found = document.getElementById(at.part);
    found?.scrollIntoView({ block: 'start' });
    found?.focus({ preventScroll: true });
  }, [ready, at]);

  return at;
}
