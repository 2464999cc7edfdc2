import { Panel } from '../Panel';
import type { Layer, LossFund } from '../api/liquidations';
import { usd } from '../format/numbers';

const layerName: Readonly<Record<string, string>> = { base: 'Insurance fund', 'first-loss': 'First-loss vault', pool: 'Mutual pool', cover: 'External cover' };

/** Who pays for a loss, in the order he is asked: each layer with what it holds and what it has given, then who bore the rest. */
export function FundPanel({ fund, problem }: { fund: LossFund | null; problem: string | null }) {
  const most = Math.max(1, ...(fund?.layers.map((l) => l.balance + l.drawn) ?? []), fund?.deleveraged ?? 0, fund?.ownFunds ?? 0, fund?.socialised ?? 0);
  const held = fund?.layers.reduce((sum, l) => sum + l.balance, 0) ?? 0;

  return (
    <Panel id="lossfund" title="Who pays for losses" problem={problem} note={fund === null ? undefined : `${usd(held)} stands before anybody is deleveraged`}>
      {fund === null
        ? <p className="empty">{problem === null ? 'Waiting for the fund.' : 'No fund is known yet.'}</p>
        : (
          <div className="layers-body" tabIndex={0} role="region" aria-label="Layers of the fund">
            <ol className="layers">
              {fund.layers.map((l, i) => <LayerLine key={l.layer} of={l} place={i + 1} most={most} />)}
              <Rest name="Deleveraging" value={fund.deleveraged} most={most} hint="Losses the other side took over at the bankruptcy price" />
              <Rest name="Venue’s own funds" value={fund.ownFunds} most={most} hint="What no layer paid and nobody took over: bad debt" />
              <Rest name="Socialised" value={fund.socialised} most={most} hint="Losses shared by accounts with positions" />
            </ol>
            {!fund.configured && <p className="note more">One fund and no layers. A section <code>insurance</code> in the risk parameters puts a vault, a mutual pool and cover beside it.</p>}
          </div>
        )}
    </Panel>
  );
}

function LayerLine({ of: l, place, most }: { of: Layer; place: number; most: number }) {
  return (
    <li title={l.mostInPeriod === null ? undefined : `${usd(l.drawnInPeriod)} of at most ${usd(l.mostInPeriod)} drawn in this period`}>
      <span className="layer-name"><b>{place}</b> {layerName[l.layer] ?? l.layer}</span>
      <span className="layer-track" aria-hidden="true"><i style={{ width: `${(100 * l.balance) / most}%` }} /><u style={{ width: `${(100 * l.drawn) / most}%` }} /></span>
      <span className="num">{usd(l.balance)}</span>
      <small className="num">{l.drawn > 0 ? `gave ${usd(l.drawn)}` : 'gave nothing'}</small>
    </li>
  );
}

function Rest({ name, value, most, hint }: { name: string; value: number; most: number; hint: string }) {
  return (
    <li className="rest" data-any={value > 0} title={hint}>
      <span className="layer-name">{name}</span>
      <span className="layer-track" aria-hidden="true"><u style={{ width: `${(100 * value) / most}%` }} /></span>
      <span className="num" />
      <small className="num">{value > 0 ? `bore ${usd(value)}` : 'bore nothing'}</small>
    </li>
  );
}
