import type { VenueEvent } from '../api/events';
import type { Frame } from '../api/frames';
import type { HistoryPoint } from '../api/history';
import { type DeskState, empty } from './state';

/** What a page left open all day may hold. */
export const most = { points: 2_000, events: 1_000 };

export type Change =
  | Frame
  | { kind: 'history'; points: HistoryPoint[] }
  | { kind: 'events'; rows: VenueEvent[] };

/** The state after one change. Parts that did not change keep their identity, so that their readers rest. */
export function reduce(state: DeskState, change: Change): DeskState {
  switch (change.kind) {
    case 'venue': return startedAgain(state, change.venue.sequence)
      ? { ...empty, venue: change.venue, epoch: state.epoch + 1 }
      : { ...state, venue: change.venue };
    case 'history': return { ...state, history: thin(change.points) };
    case 'point': return { ...state, history: append(state.history, change.point) };
    case 'events': return { ...state, events: mergeEvents(state.events, change.rows) };
    case 'accounts': return { ...state, nearest: change.rows };
    case 'thresholds': return { ...state, thresholds: { ...state.thresholds, [change.thresholds.underlying]: change.thresholds } };
  }
}

/** A journal never runs backwards; a lower sequence is another journal. */
const startedAgain = (state: DeskState, sequence: number): boolean => state.venue !== null && sequence < state.venue.sequence;

function append(points: readonly HistoryPoint[], point: HistoryPoint): readonly HistoryPoint[] {
  const last = points.at(-1);
  if (last !== undefined && point.time < last.time) return points;

  // A second telling of the same moment replaces the first.
  const kept = last !== undefined && point.time === last.time ? points.slice(0, -1) : points;
  return thin([...kept, point]);
}

/** Halves the older points when there are too many; what was liquidated is added up, never dropped. */
export function thin(points: readonly HistoryPoint[]): readonly HistoryPoint[] {
  if (points.length <= most.points) return points;

  const half = Math.floor(points.length / 2);
  const merged: HistoryPoint[] = [];
  for (let i = 0; i < half; i += 2) {
    const [earlier, later] = [points[i], i + 1 < half ? points[i + 1] : undefined];
    if (earlier === undefined) continue;
    merged.push(later === undefined ? earlier : { ...later, liquidated: earlier.liquidated + later.liquidated });
  }
  return thin([...merged, ...points.slice(half)]);
}

export const eventKey = (e: VenueEvent): string => `${e.sequence}/${e.kind}/${e.account ?? ''}/${e.text}`;

/** Both lists as one, newest first, each event once: after a reconnection the same event may be told twice. */
export function mergeEvents(known: readonly VenueEvent[], told: readonly VenueEvent[]): readonly VenueEvent[] {
  const oldestTold = told.reduce((least, e) => Math.min(least, e.sequence), Infinity);
  const seen = new Set<string>();
  for (const e of known) {
    if (e.sequence < oldestTold) break;
    seen.add(eventKey(e));
  }

  const fresh: VenueEvent[] = [];
  for (const e of told) {
    const key = eventKey(e);
    if (seen.has(key)) continue;
    seen.add(key);
    fresh.push(e);
  }
  if (fresh.length === 0) return known;

  // Rows of one sequence number keep the order they were told in, later ones on top.
  return [...fresh.reverse(), ...known].sort((a, b) => b.sequence - a.sequence).slice(0, most.events);
}
