import { Panel } from '../Panel';
import type { Plan, Plans } from '../api/liquidations';
import { fixed, nothing, usd } from '../format/numbers';
import { addressOf } from '../view/view';
import { countdown } from './words';

const stageName = { called: 'called', slicing: 'selling', auctioned: 'auction', 'last-resort': 'last resort' } as const;
const urgency = { 'last-resort': 0, auctioned: 1, slicing: 2, called: 3 } as const;
const most = 200;

/** Every account between its call and the last resort: how long it has, what comes next, and what it costs against what was expected. */
export function PlansPanel({ plans, now, problem }: { plans: Plans | null; now: number | null; problem: string | null }) {
  const all = [...(plans?.plans ?? [])].sort((a, b) => urgency[a.stage] - urgency[b.stage] || (a.dueAt ?? a.since) - (b.dueAt ?? b.since));

  return (
    <Panel id="plans" title="Live plans" problem={problem} note={plans === null || !plans.phases ? undefined : `${fixed(plans.total, 0)} under way`}>
      {plans === null
        ? <p className="empty">{problem === null ? 'Waiting for the plans.' : 'No plan is known yet.'}</p>
        : !plans.phases
          ? <p className="empty">Liquidation has no phases: an account is sold whole, to its target, in the tick in which it sinks. A section <code>phases</code> in the risk parameters gives calls a deadline and cuts sales into slices.</p>
          : all.length === 0
            ? <p className="empty">Nobody is called with a deadline, and nobody is being sold.</p>
            : (
              <div className="scroll-x plans-scroll" tabIndex={0} role="region" aria-label="Live plans">
                <table className="proposal plans">
                  <thead>
                    <tr>
                      <th scope="col">Account</th><th scope="col" data-words="true">Stage</th><th scope="col" title="Until the deadline of the call or the end of the auction, by the venue’s clock">Left</th>
                      <th scope="col" data-words="true" title="What the venue does next, as things stand">Next</th><th scope="col" title="Slices sold so far">Slices</th>
                      <th scope="col" title="What the slices so far were expected to cost, each when it was planned">Expected</th><th scope="col" title="What they did cost">Realised</th>
                    </tr>
                  </thead>
                  <tbody>{all.slice(0, most).map((p) => <Line key={p.account} of={p} now={now} />)}</tbody>
                </table>
                {plans.total > most && <p className="note more">and {fixed(plans.total - Math.min(most, all.length), 0)} more</p>}
              </div>
            )}
    </Panel>
  );
}

function Line({ of: p, now }: { of: Plan; now: number | null }) {
  const left = p.dueAt === null || now === null ? nothing : countdown(p.dueAt, now);
  const dearer = p.realisedCost > 1.1 * p.expectedCost + 1;

  return (
    <tr data-stage={p.stage}>
      <th scope="row"><a href={addressOf('account', null, p.account)}>{p.account}</a></th>
      <td data-words="true"><span className="badge stage" data-stage={p.stage}>{stageName[p.stage]}</span></td>
      <td className="num" data-due={left === 'due'}>{left}</td>
      <td data-words="true" className="next" title={p.next ?? undefined}>{p.next ?? nothing}</td>
      <td className="num">{p.slices === 0 ? nothing : fixed(p.slices, 0)}</td>
      <td className="num" title={`The whole plan was expected to cost ${usd(p.plannedCost)}`}>{p.slices === 0 ? usd(p.plannedCost) : usd(p.expectedCost)}</td>
      <td className="num" data-dearer={dearer}>{p.slices === 0 ? nothing : `${usd(p.realisedCost)}${dearer ? ' ▲' : ''}`}</td>
    </tr>
  );
}
