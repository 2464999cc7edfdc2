import { getExposure, getLimits } from '../api/client';
import { usePoll } from '../live/usePoll';
import { BucketsPanel } from './BucketsPanel';
import { GreeksPanel } from './GreeksPanel';
import { HedgePanel } from './HedgePanel';
import { LimitsPanel } from './LimitsPanel';
import { SurfacePanel } from './SurfacePanel';

/** Several times a second, as the stream does. */
const again = 250;
const askExposure = (_key: string, signal: AbortSignal) => getExposure(signal);
const askLimits = (_key: string, signal: AbortSignal) => getLimits(signal);

/** What the venue is exposed to: quantified, limited, isolated, hedged. */
export function ExposureView({ fresh }: { fresh: boolean }) {
  const { data, problem } = usePoll('exposure', again, askExposure);
  const limits = usePoll('limits', again, askLimits);

  return (
    <main className="desk exposure" data-fresh={fresh && problem === null}>
      <GreeksPanel report={data} problem={problem} />
      <SurfacePanel />
      <LimitsPanel limits={limits.data} problem={limits.problem} />
      <BucketsPanel report={data} problem={problem} />
      <HedgePanel />
    </main>
  );
}
