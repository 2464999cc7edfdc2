import { useMemo, useState } from 'react';
import { getMarket, getThresholds } from '../api/client';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { useDesk } from '../live/store';
import { useThrottled } from '../live/useThrottled';
import { usePoll } from '../live/usePoll';
import { usePalette } from '../theme/palette';
import { Chart } from './Chart';
import { thresholdOption } from './thresholdOption';

const marketAgain = 60_000;
const thresholdsAgain = 2_000;
const redrawEvery = 1_000;
const askMarket = (_key: string, signal: AbortSignal) => getMarket(signal);

/** Where the next liquidations wait: how much goes at each price. */
export function ThresholdPanel() {
  const streamed = useDesk((s) => s.thresholds);
  const market = usePoll('market', marketAgain, askMarket);
  const [chosen, setChosen] = useState<string | null>(null);
  const names = market.data?.underlyings ?? Object.keys(streamed);
  const underlying = chosen ?? (names.includes('BTC') ? 'BTC' : names[0]) ?? null;

  // What the stream does not carry for the chosen underlying is asked for.
  const fromStream = underlying === null ? undefined : streamed[underlying];
  const asked = usePoll(fromStream === undefined ? underlying : null, thresholdsAgain, getThresholds);
  const map = fromStream ?? asked.data;

  const spot = useThrottled(useDesk((s) => s.venue?.feeds.find((f) => f.asset === underlying)?.price ?? null), redrawEvery);
  const colours = usePalette();
  const option = useMemo(() => (map === null ? null : thresholdOption(map, spot, colours)), [map, spot, colours]);

  return (
    <Panel
      id="thresholds"
      title="Threshold map"
      note="notional liquidated at each price"
      problem={asked.problem}
      tools={names.length > 1 && underlying !== null
        ? <Choice label="Underlying" options={names.map((n) => ({ value: n, text: n }))} value={underlying} onChange={setChosen} />
        : undefined}
    >
      {option === null || map === null || map.points.length === 0
        ? <p className="empty">{map === null ? 'Waiting for the map.' : `No position in ${map.underlying} would be liquidated at any price.`}</p>
        : <Chart option={option} label={`Notional that liquidates at each price of ${map.underlying}`} />}
    </Panel>
  );
}
