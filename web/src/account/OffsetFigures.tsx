import type { Offsets } from '../api/margin';
import { percent, usd, usdSigned } from '../format/numbers';

/** How much of the account's safety rests on prices moving together, and what would be required if they did not. */
export function OffsetFigures({ offsets, required, waiting }: { offsets: Offsets | null; required: number | null; waiting: boolean }) {
  if (offsets === null || offsets.roots.length === 0)
    return <p className="empty">{offsets === null ? (waiting ? 'Waiting for the explanation.' : 'Nothing is known yet.') : 'It holds nothing that moves.'}</p>;

  return (
    <div className="offsets-body" tabIndex={0} role="region" aria-label="What rests on correlations">
      <p>
        {offsets.part < 0.0005
          ? 'Nothing: no position or coin pays for the loss of another that follows something else.'
          : <><b>{percent(offsets.part)}</b> of what its parts would lose each alone is paid for by the others.</>}
      </p>
      <dl className="offset-figures">
        <div><dt>Maintenance if they hold</dt><dd className="num">{usd(offsets.believed.maintenance)}</dd></div>
        <div><dt>Maintenance required</dt><dd className="num">{usd(required)}</dd></div>
        <div><dt>If none pays for another</dt><dd className="num">{usd(offsets.broken.maintenance)}</dd></div>
      </dl>
      <table className="proposal" aria-label="Loss alone and together, by what it follows">
        <thead><tr><th scope="col">Follows</th><th scope="col" title="Loss in its own worst scenario">Loses alone</th><th scope="col" title="Gain in the account’s worst joint scenario">In the joint worst</th></tr></thead>
        <tbody>
          {offsets.roots.filter((r) => Math.abs(r.alone) + Math.abs(r.joint) >= 0.01).map((r) => <tr key={r.root}><th scope="row">{r.root}</th><td className="num">{usd(r.alone)}</td><td className="num">{usdSigned(r.joint)}</td></tr>)}
          <tr data-total="true"><th scope="row">Together</th><td className="num">{usd(offsets.alone)}</td><td className="num">{usdSigned(-offsets.joint)}</td></tr>
        </tbody>
      </table>
    </div>
  );
}
