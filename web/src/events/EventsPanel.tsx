import { useMemo, useState } from 'react';
import { type Severity, type VenueEvent, severities } from '../api/events';
import { Panel } from '../Panel';
import { loading } from '../live/session';
import { eventKey } from '../live/reduce';
import { useDesk } from '../live/store';
import { useValue } from '../live/value';
import { EventRow } from './EventRow';
import { everything, newerThan, passes, toggled } from './filter';

const mostShown = 150;

/** What happened, newest first. Pausing stops the list, not the record. */
export function EventsPanel({ onOpen }: { onOpen: (account: string) => void }) {
  const events = useDesk((s) => s.events);
  const problem = useValue(loading).events;
  const [filter, setFilter] = useState(everything);
  const [paused, setPaused] = useState<readonly VenueEvent[] | null>(null);

  const source = paused ?? events;
  const shown = useMemo(() => source.filter((e) => passes(filter, e)).slice(0, mostShown), [source, filter]);
  const kinds = useMemo(() => [...new Set(events.map((e) => e.kind))].sort(), [events]);
  const waiting = paused === null ? 0 : newerThan(events, paused[0]);

  return (
    <Panel
      id="events"
      title="Events"
      problem={problem === null ? null : `Earlier events could not be loaded. ${problem}`}
      tools={(
        <button type="button" aria-pressed={paused !== null} onClick={() => setPaused(paused === null ? events : null)}>
          {paused === null ? 'Pause' : `Resume${waiting > 0 ? ` (${waiting} new)` : ''}`}
        </button>
      )}
    >
      <div className="event-filter">
        {severities.map((s) => <SeverityToggle key={s} severity={s} on={filter.severity.has(s)} onToggle={() => setFilter(toggled(filter, s))} />)}
        <select aria-label="Kind of event" value={filter.kind ?? ''} onChange={(e) => setFilter({ ...filter, kind: e.target.value === '' ? null : e.target.value })}>
          <option value="">all kinds</option>
          {kinds.map((kind) => <option key={kind} value={kind}>{kind}</option>)}
        </select>
      </div>
      {shown.length === 0
        ? <p className="empty">{source.length === 0 ? 'Nothing has happened yet.' : 'No event passes the filter.'}</p>
        : <ol className="events" tabIndex={0} aria-label="Events, newest first; arrows move between their accounts" onKeyDown={moveBetweenAccounts}>{shown.map((e) => <EventRow key={eventKey(e)} event={e} onOpen={onOpen} />)}</ol>}
    </Panel>
  );
}

/** One tab stop for the whole list; the arrows go from account to account inside it. */
function moveBetweenAccounts(e: React.KeyboardEvent<HTMLOListElement>): void {
  const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...e.currentTarget.querySelectorAll('button')];
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.max(0, at + step)]?.focus();
  e.preventDefault();
}

function SeverityToggle({ severity, on, onToggle }: { severity: Severity; on: boolean; onToggle: () => void }) {
  return <button type="button" className="severity" data-severity={severity} aria-pressed={on} onClick={onToggle}>{severity}</button>;
}
