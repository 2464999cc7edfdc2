import { Panel } from '../Panel';
import type { Oracle } from '../api/liquidations';
import type { Feed } from '../api/venue';
import { age } from '../format/time';
import { fixed, nothing, percent, price } from '../format/numbers';

const signs = { live: '●', degraded: '◐', stale: '○', halted: '✕' } as const;

/** Each asset's price and how far it may be believed: as its sources make it, or as it comes where the rulebook names none. */
export function OraclesPanel({ oracles, feeds, problem }: { oracles: readonly Oracle[] | null; feeds: readonly Feed[]; problem: string | null }) {
  const named = new Set(oracles?.map((o) => o.asset));
  const plain = feeds.filter((f) => !named.has(f.asset)).map(plainly);
  const all = [...(oracles ?? []), ...plain];
  const bad = all.filter((o) => o.status !== 'live').length;

  return (
    <Panel id="oracles" title="Oracles" problem={problem} note={oracles === null ? undefined : bad === 0 ? 'all live' : `${fixed(bad, 0)} not live`}>
      {oracles === null || all.length === 0
        ? <p className="empty">{oracles === null ? (problem === null ? 'Waiting for the oracles.' : 'No oracle is known yet.') : 'No asset is listed yet.'}</p>
        : (
          <div className="scroll-x oracles-scroll" tabIndex={0} role="region" aria-label="Oracles">
            <table className="proposal oracles">
              <thead>
                <tr>
                  <th scope="col">Asset</th><th scope="col" data-words="true">Status</th><th scope="col">Price</th><th scope="col" title="Since it was seen">Age</th>
                  <th scope="col" title="Half width of its uncertainty, as a part of the price">Unsure</th><th scope="col" title="How far the farthest source that counts lies from it">Apart</th><th scope="col" title="Sources that count, of those that report">Sources</th>
                </tr>
              </thead>
              <tbody>{all.map((o) => <Line key={o.asset} of={o} />)}</tbody>
            </table>
            {oracles.length === 0 && <p className="note more">Prices are taken as they come. A section <code>oracles</code> in the risk parameters joins several sources into one, and says what a doubtful price may still do.</p>}
          </div>
        )}
    </Panel>
  );
}

/** A price that comes from one source and is taken at its word. */
const plainly = (f: Feed): Oracle => ({
  asset: f.asset, status: f.state, reason: `taken from ${f.source} as it comes`, price: f.price, confidence: f.confidence, ageSeconds: f.price === null ? null : f.ageSeconds, divergence: null, sources: [],
});

function Line({ of: o }: { of: Oracle }) {
  const counting = o.sources.filter((s) => s.used).length;
  const words = [o.reason, ...o.sources.map((s) => `${s.source}: ${price(s.price)}, ${age(s.ageSeconds)}${s.used ? '' : ` (${s.words})`}`)].join('\n');

  return (
    <tr data-status={o.status} title={words}>
      <th scope="row">{o.asset}</th>
      <td data-words="true" className="oracle-status"><i aria-hidden="true">{signs[o.status]}</i> {o.status}</td>
      <td className="num">{price(o.price)}</td>
      <td className="num">{o.ageSeconds === null ? nothing : age(o.ageSeconds)}</td>
      <td className="num">{o.confidence === null ? nothing : percent(o.confidence, 2)}</td>
      <td className="num">{o.divergence === null ? nothing : percent(o.divergence, 2)}</td>
      <td className="num">{o.sources.length === 0 ? nothing : counting === o.sources.length ? fixed(counting, 0) : `${counting} of ${o.sources.length}`}</td>
    </tr>
  );
}
