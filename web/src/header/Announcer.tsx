import { useEffect, useRef, useState } from 'react';
import { covered } from '../format/numbers';
import { useDesk } from '../live/store';

const pause = 5_000;

/** Speaks to those who listen to the page: a changed verdict and critical events, no more than once in five seconds. */
export function Announcer() {
  const verdict = useDesk((s) => s.venue?.headline.verdict);
  const headline = useDesk((s) => s.venue?.headline);
  const newest = useDesk((s) => s.events.find((e) => e.severity === 'critical'));
  const [said, setSaid] = useState('');
  const waiting = useRef<string[]>([]);
  const latest = useRef(headline);
  latest.current = headline;

  useEffect(() => {
    if (verdict !== undefined) waiting.current.push(`The venue is ${verdict}. ${latest.current?.text ?? ''}`);
  }, [verdict]);

  const title = headline === undefined ? 'Plimsoll' : `${verdict === 'afloat' ? '' : '⚠ '}${verdict} · ${headline.asset} ${covered(headline.coverage)} · Plimsoll`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  useEffect(() => {
    if (newest !== undefined) waiting.current.push(newest.text);
  }, [newest]);

  useEffect(() => {
    const timer = setInterval(() => {
      const last = waiting.current.at(-1);
      if (last === undefined) return;
      const more = waiting.current.length - 1;
      waiting.current = [];
      setSaid(more > 0 ? `${last} And ${more} more.` : last);
    }, pause);
    return () => clearInterval(timer);
  }, []);

  return <p className="unseen" aria-live="polite">{said}</p>;
}
