import { type Reader, figure, text } from './reader';

export const verdicts = ['afloat', 'awash', 'sunk'] as const;
/** afloat: covered at every horizon; awash: the line is touched; sunk: claims exceed what can be had in time. */
export type Verdict = (typeof verdicts)[number];

export const feedStates = ['live', 'degraded', 'stale'] as const;
export type FeedState = (typeof feedStates)[number];

export interface Demo { running: boolean; speed: number; progress: number; label: string; synthetic: boolean }
export interface Headline { asset: string; coverage: number; survivalHours: number | null; verdict: Verdict; text: string }
export interface Fund { balance: number; start: number; largestLoss: number; byAsset: { asset: string; amount: number }[] }
export interface Counters { marginCalls: number; liquidations: number; adl: number; refused: number }
export interface Feed { asset: string; price: number | null; source: string; ageSeconds: number; confidence: number | null; state: FeedState }
export interface Horizon { hours: number; available: number; coverage: number }
export interface Coverage {
  asset: string;
  claims: number;
  holdings: number;
  coverage: number;
  hourly: Horizon[];
  survivalHours: number | null;
  byPlace: { place: string; amount: number }[];
}
/** Expected shortfall in USD, loss positive; without a value the reason says why. */
export interface Shortfall { value: number | null; windows: number; confidence: number; reason: string | null }
export interface Attestation { epoch: number; root: string; accounts: number; at: number | null }

export interface Venue {
  name: string;
  time: number;
  sequence: number;
  demo: Demo | null;
  headline: Headline;
  accounts: number;
  openInterest: number;
  equity: number;
  fund: Fund;
  badDebt: number;
  counters: Counters;
  feeds: Feed[];
  coverage: Coverage[];
  expectedShortfall: Shortfall | null;
  attestation: Attestation | null;
  /** Why the engine has stopped for good; null while it runs. */
  halted: string | null;
}

export function readVenue(r: Reader): Venue {
  return {
    name: r.at('name').text(),
    time: r.at('time').time(),
    sequence: r.at('sequence').figure(),
    demo: r.at('demo').maybe(readDemo),
    headline: readHeadline(r.at('headline')),
    accounts: r.at('accounts').figure(),
    openInterest: r.at('openInterest').figure(),
    equity: r.at('equity').figure(),
    fund: readFund(r.at('fund')),
    badDebt: r.at('badDebt').figure(),
    counters: readCounters(r.at('counters')),
    feeds: r.at('feeds').list(readFeed),
    coverage: r.at('coverage').list(readCoverage),
    expectedShortfall: r.at('expectedShortfall').maybe(readShortfall),
    attestation: r.at('attestation').maybe(readAttestation),
    halted: r.at('halted').maybe(text),
  };
}

const readDemo = (r: Reader): Demo => ({
  running: r.at('running').flag(),
  speed: r.at('speed').figure(),
  progress: r.at('progress').figure(),
  label: r.at('label').text(),
  synthetic: r.at('synthetic').flag(),
});

const readHeadline = (r: Reader): Headline => ({
  asset: r.at('asset').text(),
  coverage: r.at('coverage').figure(),
  survivalHours: r.at('survivalHours').maybe(figure),
  verdict: r.at('verdict').oneOf(verdicts),
  text: r.at('text').text(),
});

const readFund = (r: Reader): Fund => ({
  balance: r.at('balance').figure(),
  start: r.at('start').figure(),
  largestLoss: r.at('largestLoss').figure(),
  byAsset: r.at('byAsset').list((a) => ({ asset: a.at('asset').text(), amount: a.at('amount').figure() })),
});

const readCounters = (r: Reader): Counters => ({
  marginCalls: r.at('marginCalls').figure(),
  liquidations: r.at('liquidations').figure(),
  adl: r.at('adl').figure(),
  refused: r.at('refused').figure(),
});

const readFeed = (r: Reader): Feed => ({
  asset: r.at('asset').text(),
  price: r.at('price').maybe(figure),
  source: r.at('source').text(),
  ageSeconds: r.at('ageSeconds').figure(),
  confidence: r.at('confidence').maybe(figure),
  state: r.at('state').oneOf(feedStates),
});

const readCoverage = (r: Reader): Coverage => ({
  asset: r.at('asset').text(),
  claims: r.at('claims').figure(),
  holdings: r.at('holdings').figure(),
  coverage: r.at('coverage').figure(),
  hourly: r.at('hourly').list(readHorizon),
  survivalHours: r.at('survivalHours').maybe(figure),
  byPlace: r.at('byPlace').list((p) => ({ place: p.at('place').text(), amount: p.at('amount').figure() })),
});

const readHorizon = (r: Reader): Horizon => ({
  hours: r.at('hours').figure(),
  available: r.at('available').figure(),
  coverage: r.at('coverage').figure(),
});

const readShortfall = (r: Reader): Shortfall => ({
  value: r.at('value').maybe(figure),
  windows: r.at('windows').figure(),
  confidence: r.at('confidence').figure(),
  reason: r.at('reason').maybe((reason) => reason.text()),
});

const readAttestation = (r: Reader): Attestation => ({
  epoch: r.at('epoch').figure(),
  root: r.at('root').text(),
  accounts: r.at('accounts').figure(),
  at: r.at('at').maybe((at) => at.time()),
});
