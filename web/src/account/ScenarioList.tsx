import type { Scenario, ScenarioChange } from '../api/margin';
import { fixed, percentSigned, usdSigned } from '../format/numbers';

/** A bar for each scenario, losses to the left; the one that binds is marked. */
export function ScenarioList({ scenarios, binding }: { scenarios: readonly ScenarioChange[]; binding: string | null }) {
  const most = Math.max(1, ...scenarios.map((s) => Math.abs(s.change)));

  return (
    <ol className="scenarios" aria-label="Change in each scenario">
      {scenarios.map((s) => (
        <li key={s.id} data-binding={s.id === binding} data-loss={s.change < 0}>
          <span className="scenario-name">{s.id}{s.id === binding && <b> binding</b>}</span>
          <span className="scenario-bar" aria-hidden="true"><i style={{ width: `${(50 * Math.abs(s.change)) / most}%` }} /></span>
          <span className="num">{usdSigned(s.change)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Which scenario binds, in words; `required` is what maintenance asks. */
export function sentenceOf(s: Scenario | null, required: number): string {
  if (s === null) return required > 0 ? 'No scenario loses: what is asked does not come from them.' : 'No scenario loses, and nothing is asked.';
  const dampened = s.dampening === 1 ? '' : `, counted at ${fixed(s.dampening * 100, 0)} %`;
  return `Scenario ${s.id} binds: spot ${percentSigned(s.spot, 0)}, vol ${percentSigned(s.vol, 0)}${dampened}.`;
}
