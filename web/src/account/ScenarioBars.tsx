import type { MarginExplained, Scenario } from '../api/margin';
import { fixed, percentSigned, usd, usdSigned } from '../format/numbers';

/** What each scenario of the grid would do to the account; the one that sets the requirement is marked. */
export function ScenarioBars({ margin }: { margin: MarginExplained }) {
  const { binding, scenarios, contributions, requirement } = margin;
  const most = Math.max(1, ...scenarios.map((s) => Math.abs(s.change)));

  return (
    <section className="figures">
      <h3>Margin, explained</h3>
      <p>{binding === null ? 'No scenario loses: only the floor on notional is asked.' : sentence(binding)}</p>
      <dl className="summary">
        <div><dt>Maintenance</dt><dd className="num">{usd(requirement.maintenance)}</dd></div>
        <div><dt>Target</dt><dd className="num">{usd(requirement.target)}</dd></div>
        <div><dt>Initial</dt><dd className="num">{usd(requirement.initial)}</dd></div>
      </dl>
      <ol className="scenarios" aria-label="Change in each scenario">
        {scenarios.map((s) => (
          <li key={s.id} data-binding={s.id === binding?.id} data-loss={s.change < 0}>
            <span className="scenario-name">{s.id}{s.id === binding?.id && <b> binding</b>}</span>
            <span className="scenario-bar" aria-hidden="true"><i style={{ width: `${(50 * Math.abs(s.change)) / most}%` }} /></span>
            <span className="num">{usdSigned(s.change)}</span>
          </li>
        ))}
      </ol>
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

function sentence(s: Scenario): string {
  const dampened = s.dampening === 1 ? '' : `, counted at ${fixed(s.dampening * 100, 0)} %`;
  return `Scenario ${s.id} binds: spot ${percentSigned(s.spot, 0)}, vol ${percentSigned(s.vol, 0)}${dampened}.`;
}
