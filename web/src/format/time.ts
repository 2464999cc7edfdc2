import { fixed } from './numbers';

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: '2-digit', month: 'short', year: 'numeric' });

/** A venue keeps UTC: 12 Mar 2020. */
export const dateOf = (at: number): string => day.format(at);
/** 10:42:07, UTC. */
export const clockOf = (at: number): string => clock.format(at);

/** A span given in hours, as a desk would say it: 45 min, 4.5 h, 12 d. */
export function hours(value: number): string {
  if (value < 1) return `${Math.max(0, Math.round(value * 60))} min`;
  if (value < 10 && !Number.isInteger(value)) return `${fixed(value, 1)} h`;
  return value <= 168 ? `${fixed(value, 0)} h` : `${fixed(value / 24, 0)} d`;
}

/** A horizon as a column's head: now, 1 h, 24 h, 7 d. */
export function horizon(value: number): string {
  if (value === 0) return 'now';
  return value > 72 && value % 24 === 0 ? `${value / 24} d` : hours(value);
}

/** How long ago: 0.4 s, 12 s, 3 min, 2.0 h. */
export function age(seconds: number): string {
  if (seconds < 10) return `${fixed(Math.max(0, seconds), 1)} s`;
  if (seconds < 100) return `${fixed(seconds, 0)} s`;
  if (seconds < 5_940) return `${fixed(seconds / 60, 0)} min`;
  return `${fixed(seconds / 3_600, 1)} h`;
}
