import { type Reader, text } from './reader';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export interface VenueEvent {
  sequence: number;
  time: number;
  kind: string;
  account: string | null;
  text: string;
  severity: Severity;
}

export const readEvent = (r: Reader): VenueEvent => ({
  sequence: r.at('sequence').figure(),
  time: r.at('time').time(),
  kind: r.at('kind').text(),
  account: r.at('account').maybe(text),
  text: r.at('text').text(),
  severity: r.at('severity').oneOf(severities),
});

export const readEvents = (r: Reader): VenueEvent[] => r.at('rows').list(readEvent);
