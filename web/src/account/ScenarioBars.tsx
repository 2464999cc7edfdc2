import type { MarginExplained } from '../api/margin';
import { usd, usdSigned } from '../format/numbers';
import { ScenarioList, sentenceOf } from './ScenarioList';

/** What each scenario of the grid would do to the account; the one that sets the requirement is marked. */
export function ScenarioBars({ margin }: { margin: MarginExplained }) {
  const { binding, scenarios, contributions, requirement } = margin;

  return (
    <section className="figures">
      <h3>Margin, explained</h3>
      <p>{sentenceOf(binding, requirement.maintenance)}</p>
      <dl className="summary">
        <div><dt>Maintenance</dt><dd className="num">{usd(requirement.maintenance)}</dd></div>
        <div><dt>Target</dt><dd className="num">{usd(requirement.target)}</dd></div>
        <div><dt>Initial</dt><dd className="num">{usd(requirement.initial)}</dd></div>
      </dl>
      <ScenarioList scenarios={scenarios} binding={binding?.id ?? null} />
      {contributions.length > 0 && (
        <>
          <h4>What loses in it</h4>
          <ul className="contributions">
            {contributions.map((c) => <li key={c.instrument}><span>{c.instrument}</span><span className="num">{usdSigned(c.change)}</span></li>)}
          </ul>
        </>
      )}
    </section>
  );
}
