import { useRef } from 'react';

/** The last value that was there, so that nothing empties while the next is on its way; another key forgets it. */
export function useLast<T>(value: T | null, key: string): T | null {
  const last = useRef<{ key: string; value: T | null }>({ key, value });
  if (last.current.key !== key) last.current = { key, value };
  else if (value !== null) last.current.value = value;
  return last.current.value;
}
