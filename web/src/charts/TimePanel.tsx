import { useMemo, useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { loading } from '../live/session';
import { useDesk } from '../live/store';
import { useThrottled } from '../live/useThrottled';
import { useValue } from '../live/value';
import { usePalette } from '../theme/palette';
import { Chart } from './Chart';
import { assetsOf, indexed, timeOption } from './timeOption';

/** A line of thousands of points need not be drawn anew for each frame of the stream. */
const redrawEvery = 1_000;

/** What the market did to the venue: prices, coverage, fund and liquidations over the same hours. */
export function TimePanel() {
  const points = useThrottled(useDesk((s) => s.history), redrawEvery);
  const problem = useValue(loading).history;
  const [view, setView] = useState<string>(indexed);
  const colours = usePalette();
  const option = useMemo(() => timeOption(points, view, colours), [points, view, colours]);
  const options = [{ value: indexed, text: 'Indexed' }, ...assetsOf(points, indexed).map((asset) => ({ value: asset, text: asset }))];

  return (
    <Panel
      id="markets"
      title="Prices, coverage, fund, liquidations"
      problem={problem === null ? null : `The past could not be loaded. ${problem}`}
      tools={<Choice label="Prices shown" options={options} value={view} onChange={setView} />}
    >
      {points.length < 2
        ? <p className="empty">Waiting for the first points in time.</p>
        : <Chart option={option} label="Prices, worst coverage, insurance fund and liquidated notional over time" />}
    </Panel>
  );
}
