import { type Severity, type VenueEvent, severities } from '../api/events';

export interface EventFilter { severity: ReadonlySet<Severity>; kind: string | null }

export const everything: EventFilter = { severity: new Set(severities), kind: null };

export const passes = (filter: EventFilter, e: VenueEvent): boolean =>
  filter.severity.has(e.severity) && (filter.kind === null || filter.kind === e.kind);

/** The filter with one severity let in or shut out. */
export function toggled(filter: EventFilter, severity: Severity): EventFilter {
  const next = new Set(filter.severity);
  if (!next.delete(severity)) next.add(severity);
  return { ...filter, severity: next };
}

/** How many of the events are newer than the one the list was stopped at. */
export const newerThan = (events: readonly VenueEvent[], stoppedAt: VenueEvent | undefined): number => {
  const at = stoppedAt === undefined ? -1 : events.indexOf(stoppedAt);
  return at < 0 ? events.length : at;
};
