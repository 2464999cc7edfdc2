import { type Reader, figure, text } from './reader';

/** One stage on the way from health to the end, and how many accounts are in it. */
export interface Stage { stage: string; accounts: number; equity: number; notional: number }

/** What a fall of 1 % forces to be sold, and how much farther that pushes the price. */
export interface Cascade {
  underlying: string;
  /** USD that must be sold by the time the price is 1 % lower; null while no map is drawn. */
  forced: number | null;
  /** The part of its price that this moves the market by; null where no depth is known. */
  moved: number | null;
  /** The whole fall over the first 1 %; null where it has no end, or is not known. */
  multiplier: number | null;
  endless: boolean;
}

export interface Funnel { at: number; stages: Stage[]; cascades: Cascade[] }

export const readFunnel = (r: Reader): Funnel => ({
  at: r.at('at').time(),
  stages: r.at('stages').list((s) => ({ stage: s.at('stage').text(), accounts: s.at('accounts').figure(), equity: s.at('equity').figure(), notional: s.at('notional').figure() })),
  cascades: r.at('cascades').list((c) => ({
    underlying: c.at('underlying').text(), forced: c.at('forced').maybe(figure), moved: c.at('moved').maybe(figure), multiplier: c.at('multiplier').maybe(figure), endless: c.at('endless').flag(),
  })),
});

export const deliveryStates = ['waiting', 'delivered', 'given-up', 'not-needed'] as const;
export interface Delivery { endpoint: string; state: (typeof deliveryStates)[number]; attempts: number; reason: string | null }

export interface Notice {
  id: string;
  time: number;
  kind: string;
  severity: 'info' | 'warning' | 'critical';
  account: string | null;
  text: string;
  /** Whether somebody is asked to acknowledge it and nobody has. */
  open: boolean;
  acknowledgedBy: string | null;
  closedAt: number | null;
  deliveries: Delivery[];
}

export interface Endpoint { name: string; url: string; afterSeconds: number | null; waiting: number; delivered: number; givenUp: number; lastFault: string | null }
export interface Notices { unacknowledged: number; endpoints: Endpoint[]; notices: Notice[] }

export const readNotices = (r: Reader): Notices => ({
  unacknowledged: r.at('unacknowledged').figure(),
  endpoints: r.at('endpoints').list((e) => ({
    name: e.at('name').text(), url: e.at('url').text(), afterSeconds: e.at('afterSeconds').maybe(figure), waiting: e.at('waiting').figure(), delivered: e.at('delivered').figure(),
    givenUp: e.at('givenUp').figure(), lastFault: e.at('lastFault').maybe(text),
  })),
  notices: r.at('notices').list((n) => ({
    id: n.at('id').text(), time: n.at('time').time(), kind: n.at('kind').text(), severity: n.at('severity').oneOf(['info', 'warning', 'critical'] as const), account: n.at('account').maybe(text),
    text: n.at('text').text(), open: n.at('open').flag(), acknowledgedBy: n.at('acknowledgedBy').maybe(text), closedAt: n.at('closedAt').maybe((c) => c.time()),
    deliveries: n.at('deliveries').list((d) => ({ endpoint: d.at('endpoint').text(), state: d.at('state').oneOf(deliveryStates), attempts: d.at('attempts').figure(), reason: d.at('reason').maybe(text) })),
  })),
});

export interface Override {
  number: number;
  account: string;
  kind: string;
  reason: string;
  state: 'waits' | 'in-force';
  proposedBy: string;
  confirmedBy: string | null;
  endsAt: number;
}

export const readOverrides = (r: Reader): Override[] => r.at('overrides').list((o) => ({
  number: o.at('number').figure(), account: o.at('account').text(), kind: o.at('kind').text(), reason: o.at('reason').text(), state: o.at('state').oneOf(['waits', 'in-force'] as const),
  proposedBy: o.at('proposedBy').text(), confirmedBy: o.at('confirmedBy').maybe(text), endsAt: o.at('endsAt').time(),
}));

export const liquidationStages = ['called', 'slicing', 'auctioned', 'last-resort'] as const;

/** An account between its call and the last resort. Costs in USD. */
export interface Plan {
  account: string;
  stage: (typeof liquidationStages)[number];
  cause: string;
  since: number;
  /** The deadline of its call or the end of its auction; null in stages that go on period by period. */
  dueAt: number | null;
  slices: number;
  next: string | null;
  plannedCost: number;
  expectedCost: number;
  realisedCost: number;
}

/** Null plans where the rulebook has no phases: an account is then liquidated whole in the tick in which it sinks. */
export interface Plans { phases: boolean; total: number; plans: Plan[] }

export const readPlans = (r: Reader): Plans => ({
  phases: r.at('phases').flag(), total: r.at('total').figure(),
  plans: r.at('plans').list((p) => ({
    account: p.at('account').text(), stage: p.at('stage').oneOf(liquidationStages), cause: p.at('cause').text(), since: p.at('since').time(), dueAt: p.at('dueAt').maybe((d) => d.time()),
    slices: p.at('slices').figure(), next: p.at('next').maybe(text), plannedCost: p.at('plannedCost').figure(), expectedCost: p.at('expectedCost').figure(), realisedCost: p.at('realisedCost').figure(),
  })),
});

/** What is auctioned now, at which part of its mark off. */
export interface Auction { account: string; form: 'solvent' | 'insolvent'; openedAt: number; endsAt: number; discount: number; nextStepAt: number | null; equity: number; notional: number; reserved: number }
export interface Auctions { configured: boolean; total: number; auctions: Auction[] }

export const readAuctions = (r: Reader): Auctions => ({
  configured: r.at('configured').flag(), total: r.at('total').figure(),
  auctions: r.at('auctions').list((a) => ({
    account: a.at('account').text(), form: a.at('form').oneOf(['solvent', 'insolvent'] as const), openedAt: a.at('openedAt').time(), endsAt: a.at('endsAt').time(), discount: a.at('discount').figure(),
    nextStepAt: a.at('nextStepAt').maybe((n) => n.time()), equity: a.at('equity').figure(), notional: a.at('notional').figure(), reserved: a.at('reserved').figure(),
  })),
});

/** A layer of what pays for losses, in the order it is asked. USD. */
export interface Layer { layer: string; balance: number; drawn: number; drawnInPeriod: number; mostInPeriod: number | null }
export interface LossFund { configured: boolean; layers: Layer[]; deleveraged: number; socialised: number; ownFunds: number; outstanding: number }

export const readLossFund = (r: Reader): LossFund => ({
  configured: r.at('configured').flag(),
  layers: r.at('layers').list((l) => ({
    layer: l.at('layer').text(), balance: l.at('balance').figure(), drawn: l.at('drawn').figure(), drawnInPeriod: l.at('drawnInPeriod').figure(), mostInPeriod: l.at('mostInPeriod').maybe(figure),
  })),
  deleveraged: r.at('deleveraged').figure(), socialised: r.at('socialised').figure(), ownFunds: r.at('ownFunds').figure(), outstanding: r.at('outstanding').figure(),
});

/** A place in the queue of those who would take over: the first is asked first. */
export interface QueuePlace { account: string; side: 'long' | 'short'; size: number; notional: number; profit: number; score: number; fifth: number }
export interface Queue { instrument: string; places: QueuePlace[] }
export interface Deleveraging { policy: string; queues: Queue[] }

export const readDeleveraging = (r: Reader): Deleveraging => ({
  policy: r.at('policy').text(),
  queues: r.at('queues').list((q) => ({
    instrument: q.at('instrument').text(),
    places: q.at('places').list((p) => ({
      account: p.at('account').text(), side: p.at('side').oneOf(['long', 'short'] as const), size: p.at('size').figure(), notional: p.at('notional').figure(), profit: p.at('profit').figure(),
      score: p.at('score').figure(), fifth: p.at('fifth').figure(),
    })),
  })),
});

export const oracleStates = ['live', 'degraded', 'stale', 'halted'] as const;
export type OracleState = (typeof oracleStates)[number];
/** The last report of one source, and in words why it was left out where it was. */
export interface OracleSource { source: string; price: number; ageSeconds: number; used: boolean; words: string }
export interface Oracle {
  asset: string;
  status: OracleState;
  reason: string;
  price: number | null;
  confidence: number | null;
  ageSeconds: number | null;
  divergence: number | null;
  sources: OracleSource[];
}

/** Prices that are made of reports; an asset without terms is not among them. */
export const readOracles = (r: Reader): Oracle[] => r.at('assets').list((o) => ({
  asset: o.at('asset').text(), status: o.at('status').oneOf(oracleStates), reason: o.at('reason').text(), price: o.at('price').maybe(figure), confidence: o.at('confidence').maybe(figure),
  ageSeconds: o.at('ageSeconds').maybe(figure), divergence: o.at('divergence').maybe(figure),
  sources: o.at('reports').list((s) => ({ source: s.at('source').text(), price: s.at('price').figure(), ageSeconds: s.at('ageSeconds').figure(), used: s.at('used').flag(), words: s.at('words').text() })),
}));

export const breakerStates = ['trading', 'paused', 'auction', 'halted'] as const;
/** What may stop trading in one instrument, or the whole venue. */
export interface Breaker { of: string; state: (typeof breakerStates)[number]; reason: string | null; since: number | null; until: number | null; trips: number; low: number | null; high: number | null }
export interface Throttle { of: string; used: number; most: number }
export interface Breakers { configured: boolean; breakers: Breaker[]; throttles: Throttle[] }

export const readBreakers = (r: Reader): Breakers => ({
  configured: r.at('configured').flag(),
  breakers: r.at('breakers').list((b) => ({
    of: b.at('of').text(), state: b.at('state').oneOf(breakerStates), reason: b.at('reason').maybe(text), since: b.at('since').maybe((s) => s.time()), until: b.at('until').maybe((u) => u.time()),
    trips: b.at('trips').figure(), low: b.at('low').maybe(figure), high: b.at('high').maybe(figure),
  })),
  throttles: r.at('throttles').list((t) => ({ of: t.at('of').text(), used: t.at('used').figure(), most: t.at('most').figure() })),
});
