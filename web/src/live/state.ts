import type { AccountRow } from '../api/accounts';
import type { VenueEvent } from '../api/events';
import type { HistoryPoint } from '../api/history';
import type { Thresholds } from '../api/thresholds';
import type { Venue } from '../api/venue';

/** All the page knows of the venue. Replaced piece by piece, never changed in place. */
export interface DeskState {
  venue: Venue | null;
  history: readonly HistoryPoint[];
  /** Newest first. */
  events: readonly VenueEvent[];
  /** The accounts nearest to liquidation, nearest first. */
  nearest: readonly AccountRow[];
  thresholds: Readonly<Record<string, Thresholds>>;
  /** Counts the venues seen: a venue started again from its beginning is another one. */
  epoch: number;
}

export const empty: DeskState = { venue: null, history: [], events: [], nearest: [], thresholds: {}, epoch: 0 };
