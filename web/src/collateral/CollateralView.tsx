import { getCollateral } from '../api/client';
import { ThresholdPanel } from '../charts/ThresholdPanel';
import { usePoll } from '../live/usePoll';
import { CapsPanel } from './CapsPanel';
import { CorrelationPanel } from './CorrelationPanel';
import { HaircutsPanel } from './HaircutsPanel';
import { LoansPanel } from './LoansPanel';
import { SchedulePanel } from './SchedulePanel';

const again = 1_000;
const ask = (_key: string, signal: AbortSignal) => getCollateral(signal);

/** What secures the venue: what counts for how much, what is crowded, what moves together, what is liquidated where. */
export function CollateralView({ fresh }: { fresh: boolean }) {
  const { data, problem } = usePoll('collateral', again, ask);

  return (
    <main className="desk collateral" data-fresh={fresh && problem === null}>
      <SchedulePanel assets={data?.assets ?? null} problem={problem} />
      <CapsPanel caps={data?.caps ?? null} problem={problem} />
      <HaircutsPanel />
      <CorrelationPanel correlation={data?.correlation ?? null} problem={problem} />
      <ThresholdPanel flow />
      <LoansPanel loans={data?.loans ?? null} problem={problem} />
    </main>
  );
}
