import { useMemo } from 'react';
import { Panel } from '../Panel';
import { Chart } from '../charts/Chart';
import { useDesk } from '../live/store';
import { useThrottled } from '../live/useThrottled';
import { usePalette } from '../theme/palette';
import { assetsWithHaircuts, haircutOption } from './haircutOption';

const redrawEvery = 1_000;

/** How haircuts moved since the server started. */
export function HaircutsPanel() {
  const points = useThrottled(useDesk((s) => s.history), redrawEvery);
  const colours = usePalette();
  const option = useMemo(() => haircutOption(points, colours), [points, colours]);

  return (
    <Panel id="haircuts" title="Haircuts over time" note="on the first coin of an account">
      {points.length < 2 || assetsWithHaircuts(points).length === 0
        ? <p className="empty">{points.length < 2 ? 'Waiting for the first points in time.' : 'The rulebook names no collateral.'}</p>
        : <Chart option={option} label="Haircut of each asset over time, in per cent" />}
    </Panel>
  );
}
