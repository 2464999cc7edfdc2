import { useMemo, useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { loading } from '../live/session';
import { useDesk } from '../live/store';
import { useValue } from '../live/value';
import { usePalette } from '../theme/palette';
import { Chart } from './Chart';
import { assetsOf, indexed, timeOption } from './timeOption';

/** What the market did to the venue: prices, fund and liquidations over the same hours. */
export function TimePanel() {
  const points = useDesk((s) => s.history);
  const problem = useValue(loading).history;
  const [view, setView] = useState<string>(indexed);
  const colours = usePalette();
  const option = useMemo(() => timeOption(points, view, colours), [points, view, colours]);
  const options = [{ value: indexed, text: 'Indexed' }, ...assetsOf(points, indexed).map((asset) => ({ value: asset, text: asset }))];

  return (
    <Panel
      id="markets"
      title="Prices, fund, liquidations"
      problem={problem === null ? null : `The past could not be loaded. ${problem}`}
      tools={<Choice label="Prices shown" options={options} value={view} onChange={setView} />}
    >
      {points.length < 2
        ? <p className="empty">Waiting for the first points in time.</p>
        : <Chart option={option} label="Prices, insurance fund and liquidated notional over time" />}
    </Panel>
  );
}
