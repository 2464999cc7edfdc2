import { Panel } from '../Panel';
import type { Oracle, Oracles } from '../api/liquidations';
import { age } from '../format/time';
import { fixed, nothing, percent, price } from '../format/numbers';

const signs = { live: '●', degraded: '◐', stale: '○', halted: '✕', none: '–' } as const;

/** Each asset's price and how far it may be believed. */
export function OraclesPanel({ oracles, problem }: { oracles: Oracles | null; problem: string | null }) {
  const bad = oracles?.oracles.filter((o) => o.status !== 'live').length ?? 0;

  return (
    <Panel id="oracles" title="Oracles" problem={problem} note={oracles === null ? undefined : bad === 0 ? 'all live' : `${fixed(bad, 0)} not live`}>
      {oracles === null || oracles.oracles.length === 0
        ? <p className="empty">{oracles === null ? (problem === null ? 'Waiting for the oracles.' : 'No oracle is known yet.') : 'No asset is listed yet.'}</p>
        : (
          <div className="scroll-x oracles-scroll" tabIndex={0} role="region" aria-label="Oracles">
            <table className="proposal oracles">
              <thead>
                <tr>
                  <th scope="col">Asset</th><th scope="col" data-words="true">Status</th><th scope="col">Price</th><th scope="col" title="Since it was seen">Age</th>
                  <th scope="col" title="Half width of its uncertainty, as a part of the price">Unsure</th><th scope="col" title="Between the lowest and the highest source that counts">Apart</th><th scope="col" title="Sources that count, of those that report">Sources</th>
                </tr>
              </thead>
              <tbody>{oracles.oracles.map((o) => <Line key={o.asset} of={o} />)}</tbody>
            </table>
            {!oracles.configured && <p className="note more">Prices are taken as they come. A section <code>oracles</code> in the risk parameters joins several sources into one, and says what a doubtful price may still do.</p>}
          </div>
        )}
    </Panel>
  );
}

function Line({ of: o }: { of: Oracle }) {
  const counting = o.sources.filter((s) => s.fault === null).length;
  const words = o.sources.map((s) => `${s.source}: ${s.price === null ? nothing : price(s.price)}${s.fault === null ? '' : ` (${s.fault})`}`).join('\n');

  return (
    <tr data-status={o.status} title={words === '' ? undefined : words}>
      <th scope="row">{o.asset}</th>
      <td data-words="true" className="oracle-status"><i aria-hidden="true">{signs[o.status]}</i> {o.status === 'none' ? 'no price' : o.status}</td>
      <td className="num">{o.price === null ? nothing : price(o.price)}</td>
      <td className="num">{o.ageSeconds === null ? nothing : age(o.ageSeconds)}</td>
      <td className="num">{o.confidence === null ? nothing : percent(o.confidence, 2)}</td>
      <td className="num">{o.divergence === null ? nothing : percent(o.divergence, 2)}</td>
      <td className="num">{o.sources.length === 0 ? nothing : counting === o.sources.length ? fixed(counting, 0) : `${counting} of ${o.sources.length}`}</td>
    </tr>
  );
}
