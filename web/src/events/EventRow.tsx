import { memo } from 'react';
import type { Severity, VenueEvent } from '../api/events';
import { clockOf } from '../format/time';
import { around, brief } from './words';

const signs: Record<Severity, string> = { info: '·', warning: '▲', critical: '◆' };

/** One thing that happened; its account opens from here. */
export const EventRow = memo(function EventRow({ event, onOpen }: { event: VenueEvent; onOpen: (account: string) => void }) {
  const { account } = event;
  const [before, after] = around(event.text, account);

  return (
    <li data-severity={event.severity}>
      <time className="num" dateTime={new Date(event.time).toISOString()}>{clockOf(event.time)}</time>
      <span className="event-sign" role="img" aria-label={event.severity}>{signs[event.severity]}</span>
      <span className="event-text" title={event.text}>
        <b>{event.kind}</b> {brief(before)}
        {account !== null && <button type="button" className="link" tabIndex={-1} onClick={() => onOpen(account)}>{account}</button>}
        {brief(after)}
      </span>
    </li>
  );
});
