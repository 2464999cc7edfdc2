import { useMemo, useState } from 'react';
import { getMarket, getThresholds } from '../api/client';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { useDesk } from '../live/store';
import { useThrottled } from '../live/useThrottled';
import { usePoll } from '../live/usePoll';
import { usePalette } from '../theme/palette';
import { Chart } from './Chart';
import { flowOption } from './flowOption';
import { thresholdOption } from './thresholdOption';

const marketAgain = 60_000;
const thresholdsAgain = 2_000;
const redrawEvery = 1_000;
const askMarket = (_key: string, signal: AbortSignal) => getMarket(signal);

const pictures = [{ value: 'liquidated', text: 'Liquidated' }, { value: 'flow', text: 'Forced flow' }] as const;
type Picture = (typeof pictures)[number]['value'];

/** Where the next liquidations wait: how much goes at each price. */
export function ThresholdPanel({ flow = false }: { flow?: boolean }) {
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
  const [picture, setPicture] = useState<Picture>('liquidated');
  const colours = usePalette();
  const option = useMemo(
    () => (map === null ? null : picture === 'flow' ? flowOption(map, spot, colours) : thresholdOption(map, spot, colours)),
    [map, spot, colours, picture],
  );

  return (
    <Panel
      id="thresholds"
      title="Threshold map"
      note={picture === 'flow' ? 'what liquidations trade at each price' : 'notional liquidated at each price'}
      problem={asked.problem}
      tools={(
        <>
          {flow && <Choice label="Picture" options={pictures} value={picture} onChange={setPicture} />}
          {names.length > 1 && underlying !== null && <Choice label="Underlying" options={names.map((n) => ({ value: n, text: n }))} value={underlying} onChange={setChosen} />}
        </>
      )}
    >
      {option === null || map === null || map.points.length === 0
        ? <p className="empty">{map === null ? 'Waiting for the map.' : `No position in ${map.underlying} would be liquidated at any price.`}</p>
        : <Chart key={picture} option={option} label={`${picture === 'flow' ? 'What liquidations trade' : 'Notional that liquidates'} at each price of ${map.underlying}`} />}
    </Panel>
  );
}
