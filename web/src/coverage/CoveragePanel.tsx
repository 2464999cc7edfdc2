import { Panel } from '../Panel';
import { useDesk } from '../live/store';
import { CoverageTable } from './CoverageTable';

/** What can be had in time against what may be asked for, asset by asset, hour by hour. */
export function CoveragePanel() {
  const rows = useDesk((s) => s.venue?.coverage);

  return (
    <Panel id="coverage" title="Coverage by asset and hour" note="available in time ÷ claims">
      {rows === undefined || rows.length === 0
        ? <p className="empty">The venue owes nobody anything yet.</p>
        : <CoverageTable rows={rows} />}
    </Panel>
  );
}
