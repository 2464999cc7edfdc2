import { Panel } from '../Panel';
import type { CapUse } from '../api/collateral';
import { fixed, percent, usd } from '../format/numbers';
import { capInWords } from './schedule';

/** How full each cap is, the fullest first; what lies above a cap counts nothing. */
export function CapsPanel({ caps, problem }: { caps: readonly CapUse[] | null; problem: string | null }) {
  const over = caps?.filter((c) => c.utilisation > 1).length ?? 0;

  return (
    <Panel id="caps" title="Caps" problem={problem} note={caps === null || caps.length === 0 ? undefined : over === 0 ? 'none exceeded' : `${fixed(over, 0)} exceeded`}>
      {caps === null || caps.length === 0
        ? <p className="empty">{caps === null ? (problem === null ? 'Waiting for the caps.' : 'No cap is known yet.') : 'The rulebook caps nothing that is held: no account, owner, issuer or venue has a limit to what counts.'}</p>
        : <ol className="limits" tabIndex={0} aria-label="Caps, the fullest first">{caps.map((c) => <Cap key={`${c.scope} ${c.of ?? ''} ${c.subject}`} of={c} />)}</ol>}
    </Panel>
  );
}

function Cap({ of }: { of: CapUse }) {
  // Room to the right of the cap, so that going beyond it shows.
  const end = Math.max(1.25 * of.cap, of.used, Number.MIN_VALUE);
  const at = (value: number): string => `${Math.min(100, (100 * value) / end)}%`;
  const level = of.utilisation > 1 ? 'hard' : of.utilisation >= 0.8 ? 'soft' : 'within';
  const subject = capInWords(of);

  return (
    <li data-level={level}>
      <div className="limit-head"><span className="limit-name">{subject}</span><span className="num">{usd(of.used)} <b>{percent(Math.min(of.utilisation, 100), 0)}</b></span></div>
      <div className="gauge" role="meter" aria-label={subject} aria-valuemin={0} aria-valuemax={of.cap} aria-valuenow={Math.min(of.used, of.cap)} aria-valuetext={`${usd(of.used)} of ${usd(of.cap)}`}>
        <i style={{ width: at(of.used) }} /><b className="hard" style={{ left: at(of.cap) }} title={`cap ${usd(of.cap)}`} />
      </div>
      {level === 'hard'
        ? <p className="limit-why">{usd(of.used - of.cap)} lie above the cap of {usd(of.cap)} and count nothing{of.of === null && ' for opening'}.</p>
        : <p className="limit-lines">cap {usd(of.cap)}</p>}
    </li>
  );
}
