import type { Coverage, Venue } from '../api/venue';

/** The horizon at which an asset is covered least. */
export interface Worst { asset: string; hours: number; coverage: number }

/** Where the headline's asset is covered least, and how many hours ahead; null where no ladder is given. */
export function worstOf(venue: Pick<Venue, 'coverage' | 'headline'>): Worst | null {
  const row = venue.coverage.find((c) => c.asset === venue.headline.asset);
  return row === undefined ? null : worstHorizon(row);
}

export function worstHorizon(row: Coverage): Worst | null {
  const least = row.hourly.reduce<Coverage['hourly'][number] | null>((best, h) => (best === null || h.coverage < best.coverage ? h : best), null);
  return least === null ? null : { asset: row.asset, hours: least.hours, coverage: least.coverage };
}

/** The last hour any asset's ladder looks to. */
export const horizonOf = (rows: readonly Coverage[]): number | null => {
  const all = rows.flatMap((row) => row.hourly.map((h) => h.hours));
  return all.length === 0 ? null : Math.max(...all);
};
