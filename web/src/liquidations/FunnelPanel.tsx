import { Panel } from '../Panel';
import type { Cascade, Funnel } from '../api/liquidations';
import { fixed, nothing, percent, usd } from '../format/numbers';
import { inTrouble, nameOf, stageWords, widthOf } from './words';

/** How many accounts are at which stage, and what the next per cent down would set off. */
export function FunnelPanel({ funnel, problem }: { funnel: Funnel | null; problem: string | null }) {
  const most = Math.max(0, ...(funnel?.stages.map((s) => s.accounts) ?? []));

  return (
    <Panel id="funnel" title="Accounts by stage" problem={problem} note={funnel === null ? undefined : `${fixed(inTrouble(funnel.stages), 0)} not healthy`}>
      {funnel === null
        ? <p className="empty">{problem === null ? 'Waiting for the stages.' : 'No stage is known yet.'}</p>
        : (
          <div className="funnel-body" tabIndex={0} role="region" aria-label="Accounts by stage">
            <ol className="funnel">
              {funnel.stages.map((s) => (
                <li key={s.stage} data-stage={s.stage} data-nobody={s.accounts === 0} title={`${stageWords[s.stage]?.[1] ?? s.stage}. Worth ${usd(s.equity)}, positions of ${usd(s.notional)}.`}>
                  <span className="funnel-name">{nameOf(s.stage)}</span>
                  <span className="funnel-track" aria-hidden="true"><i style={{ width: `${100 * widthOf(s.accounts, most)}%` }} /></span>
                  <b className="num">{fixed(s.accounts, 0)}</b>
                  <small className="num">{s.accounts === 0 ? nothing : usd(s.notional)}</small>
                </li>
              ))}
            </ol>
            <h3 title="The next 1 % down forces sales; those push the price; that forces more. The whole fall is so many times the first.">Cascade multiplier, 1 % down</h3>
            {funnel.cascades.length === 0
              ? <p className="empty">No contract is listed whose price could fall.</p>
              : <ul className="cascades">{funnel.cascades.map((c) => <Multiplier key={c.underlying} of={c} />)}</ul>}
          </div>
        )}
    </Panel>
  );
}

function Multiplier({ of: c }: { of: Cascade }) {
  const grave = c.endless || (c.multiplier ?? 1) >= 1.5;
  const shown = c.endless ? 'no end' : c.multiplier === null ? nothing : `${fixed(c.multiplier, 2)}×`;

  return (
    <li data-grave={grave}>
      <span>{c.underlying}</span>
      <b className="num">{shown}</b>
      <small className="num" title="What 1 % down forces to be sold or bought, and how much farther that pushes the price">{c.forced === null ? 'no map yet' : c.forced < 0 ? `${usd(-c.forced)} bought` : `${usd(c.forced)} sold, +${percent(c.moved ?? 0, 2)}`}</small>
    </li>
  );
}
