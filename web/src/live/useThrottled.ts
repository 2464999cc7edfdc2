import { useEffect, useRef, useState } from 'react';

/** The value, let through at most once in `every` milliseconds; the last one always arrives. */
export function useThrottled<T>(value: T, every: number): T {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastAt = useRef(0);
  newest.current = value;

  useEffect(() => {
    if (Object.is(shown, value) || waiting.current !== undefined) return;
    const rest = Math.max(0, lastAt.current + every - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      lastAt.current = Date.now();
      setShown(newest.current);
    }, rest);
  }, [value, shown, every]);

  useEffect(() => () => {
    clearTimeout(waiting.current);
    waiting.current = undefined;
  }, []);

  return shown;
}
