import { type AccountRow, readAccountRow } from './accounts';
import { type VenueEvent, readEvents } from './events';
import { type HistoryPoint, readPoint } from './history';
import { Reader } from './reader';
import { type Thresholds, readThresholds } from './thresholds';
import { type Venue, readVenue } from './venue';

/** What the stream carries. */
export type Frame =
  | { kind: 'venue'; venue: Venue }
  | { kind: 'events'; rows: VenueEvent[] }
  | { kind: 'accounts'; rows: AccountRow[] }
  | { kind: 'point'; point: HistoryPoint }
  | { kind: 'thresholds'; thresholds: Thresholds };

/** Null for a kind this page does not know: a newer server may say more than an older page can hear. */
export function readFrame(raw: string): Frame | null {
  const parsed: unknown = JSON.parse(raw);
  const r = new Reader(parsed, 'frame');
  const kind = r.at('kind').text();

  switch (kind) {
    case 'venue': return { kind, venue: readVenue(r.at('venue')) };
    case 'events': return { kind, rows: readEvents(r) };
    case 'accounts': return { kind, rows: r.at('rows').list(readAccountRow) };
    case 'point': return { kind, point: r.at('point').maybe(readPoint) ?? readPoint(r) };
    case 'thresholds': return { kind, thresholds: r.at('thresholds').maybe(readThresholds) ?? readThresholds(r) };
    default: return null;
  }
}
