import { getAuctions, getBreakers, getDeleveraging, getFunnel, getLossFund, getNotices, getOracles, getOverrides, getPlans } from '../api/client';
import type { Feed } from '../api/venue';
import { useDesk } from '../live/store';
import { usePoll } from '../live/usePoll';
import { AuctionsPanel } from './AuctionsPanel';
import { BreakersPanel } from './BreakersPanel';
import { FundPanel } from './FundPanel';
import { FunnelPanel } from './FunnelPanel';
import { NoticesPanel } from './NoticesPanel';
import { OraclesPanel } from './OraclesPanel';
import { PlansPanel } from './PlansPanel';
import { QueuePanel } from './QueuePanel';

const none: readonly Feed[] = [];
const again = 1_000;
const seldom = 2_500;
const ask = {
  funnel: (_: string, signal: AbortSignal) => getFunnel(signal),
  plans: (_: string, signal: AbortSignal) => getPlans(signal),
  auctions: (_: string, signal: AbortSignal) => getAuctions(signal),
  fund: (_: string, signal: AbortSignal) => getLossFund(signal),
  queue: (_: string, signal: AbortSignal) => getDeleveraging(signal),
  oracles: (_: string, signal: AbortSignal) => getOracles(signal),
  breakers: (_: string, signal: AbortSignal) => getBreakers(signal),
  notices: (_: string, signal: AbortSignal) => getNotices(signal),
  overrides: (_: string, signal: AbortSignal) => getOverrides(signal),
} as const;

/** From the first warning to the last resort: who is where, what is done about it, who pays, what is stopped, and who was told. */
export function LiquidationsView({ fresh }: { fresh: boolean }) {
  const now = useDesk((s) => s.venue?.time) ?? null;
  const feeds = useDesk((s) => s.venue?.feeds) ?? none;
  const funnel = usePoll('funnel', again, ask.funnel);
  const plans = usePoll('plans', again, ask.plans);
  const auctions = usePoll('auctions', again, ask.auctions);
  const fund = usePoll('fund', seldom, ask.fund);
  const queue = usePoll('queue', seldom, ask.queue);
  const oracles = usePoll('oracles', again, ask.oracles);
  const breakers = usePoll('breakers', again, ask.breakers);
  const notices = usePoll('notices', again, ask.notices);
  const overrides = usePoll('overrides', seldom, ask.overrides);

  return (
    <main className="desk liquidations" data-fresh={fresh && funnel.problem === null}>
      <FunnelPanel funnel={funnel.data} problem={funnel.problem} />
      <PlansPanel plans={plans.data} now={now} problem={plans.problem} />
      <NoticesPanel notices={notices.data} overrides={overrides.data ?? []} now={now} problem={notices.problem ?? overrides.problem} />
      <AuctionsPanel auctions={auctions.data} now={now} problem={auctions.problem} />
      <FundPanel fund={fund.data} problem={fund.problem} />
      <QueuePanel deleveraging={queue.data} problem={queue.problem} />
      <OraclesPanel oracles={oracles.data} feeds={feeds} problem={oracles.problem} />
      <BreakersPanel breakers={breakers.data} now={now} problem={breakers.problem} />
    </main>
  );
}
