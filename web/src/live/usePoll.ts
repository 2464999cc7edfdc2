import { useEffect, useState } from 'react';
import { inWords, isAbort } from '../api/client';

export interface Polled<T> { data: T | null; problem: string | null }

/**
 * Asks now and then again, `every` milliseconds after each answer; what was answered stays on the page while a later
 * question fails, beside the reason. A changed `key` starts afresh; a null key asks nothing.
 */
export function usePoll<T>(key: string | null, every: number, ask: (key: string, signal: AbortSignal) => Promise<T>): Polled<T> {
  const [answer, setAnswer] = useState<Polled<T> & { key: string | null }>({ key: null, data: null, problem: null });

  useEffect(() => {
    if (key === null) return undefined;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const round = async (): Promise<void> => {
      try {
        const data = await ask(key, control.signal);
        setAnswer({ key, data, problem: null });
      } catch (error) {
        if (isAbort(error)) return;
        setAnswer((known) => ({ key, data: known.key === key ? known.data : null, problem: inWords(error) }));
      }
      timer = setTimeout(() => void round(), every);
    };
    void round();

    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [key, every, ask]);

  return answer.key === key ? answer : { data: null, problem: null };
}
