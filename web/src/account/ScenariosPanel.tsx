import { useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import type { MarginExplained, Worst } from '../api/margin';
import { fixed, usd } from '../format/numbers';
import { ScenarioList, sentenceOf } from './ScenarioList';

const orders = [{ value: 'worst', text: 'Worst first' }, { value: 'grid', text: 'As asked' }] as const;

/** What the account gains or loses in each scenario of the rulebook. */
export function ScenariosPanel({ margin, problem }: { margin: MarginExplained | null; problem: string | null }) {
  const [order, setOrder] = useState<'worst' | 'grid'>('worst');
  const scenarios = margin === null || order === 'grid' ? margin?.scenarios ?? [] : [...margin.scenarios].sort((a, b) => a.change - b.change);

  return (
    <Panel
      id="scenarios" title="Scenarios" problem={problem} note={margin === null ? undefined : `${fixed(margin.scenarios.length, 0)} asked`}
      tools={<Choice label="Order of scenarios" options={orders} value={order} onChange={setOrder} />}
    >
      {margin === null
        ? <p className="empty">{problem === null ? 'Waiting for the scenarios.' : 'No scenario is known yet.'}</p>
        : (
          <>
            <p className="scenario-sentence">{sentenceOf(margin.binding, margin.requirement.maintenance)}</p>
            <Competing of={margin.worst} />
            <div className="scenario-scroll" tabIndex={0} role="region" aria-label="Scenarios"><ScenarioList scenarios={scenarios} binding={margin.binding?.id ?? null} /></div>
          </>
        )}
    </Panel>
  );
}

const terms = [['scenarios', 'Scenarios'], ['basis', 'Basis'], ['skew', 'Skew'], ['depeg', 'Depeg'], ['apart', 'Each apart']] as const;

/** The losses that compete for the worst case where there is more than one; the one that binds is marked. */
function Competing({ of }: { of: Worst }) {
  const losing = terms.filter(([term]) => of[term] > 0);
  if (losing.length < 2) return null;
  return (
    <ul className="competing" aria-label="Losses that compete for the worst case">
      {losing.map(([term, name]) => <li key={term} data-binding={of.binding === term}>{name} <b className="num">{usd(of[term])}</b>{of.binding === term && ' binds'}</li>)}
    </ul>
  );
}
