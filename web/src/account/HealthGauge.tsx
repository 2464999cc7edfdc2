import { fixed, usd } from '../format/numbers';
import { type Level, scaleOf, standingOf, standingWords } from './gauge';

const shown = [['maintenance', 'Maintenance'], ['target', 'Target'], ['initial', 'Initial']] as const;

/** Counted collateral as a bar, and the three lines it is held against. */
export function HealthGauge({ level, label }: { level: Level; label: string }) {
  const scale = scaleOf(level);
  const standing = standingOf(level);
  const nothing = level.initial <= 0;
  const times = level.counted / level.initial;

  return (
    <div className="health-gauge" data-standing={standing} data-nothing={nothing}>
      <div className="gauge-names" aria-hidden="true">
        {!nothing && <span className="line-maintenance" style={{ width: `max(${scale.at(level.maintenance)}%, 128px)` }}>Maintenance {usd(level.maintenance)}</span>}
        {!nothing && <span className="line-initial" style={{ left: `max(${scale.at(level.initial)}%, 150px)` }}>Initial {usd(level.initial)}</span>}
      </div>
      <div
        className="gauge-track" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={Math.max(scale.end, 1)}
        aria-valuenow={Math.min(Math.max(level.counted, 0), Math.max(scale.end, 1))}
        aria-valuetext={`${usd(level.counted)} counted; ${shown.map(([key, name]) => `${name.toLowerCase()} line ${usd(level[key])}`).join(', ')}. ${standingWords[standing]}`}
      >
        <i style={{ width: `${scale.at(level.counted)}%` }} />
        {!nothing && shown.map(([key]) => <b key={key} data-line={key} style={{ left: `${scale.at(level[key])}%` }} />)}
      </div>
      <div className="gauge-names" aria-hidden="true">
        {nothing ? <span>Nothing is required of it.</span> : <span className="line-target" style={{ left: `${scale.at(level.target)}%` }}>Target {usd(level.target)}</span>}
        <em className="num">{usd(level.counted)} counted{scale.runsOff && ` · ${fixed(times, times < 9.95 ? 1 : 0)}× initial →`}</em>
      </div>
    </div>
  );
}
