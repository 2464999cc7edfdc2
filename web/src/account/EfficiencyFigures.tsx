import type { Efficiency } from '../api/efficiency';
import { exact, fixed, nothing, percent, usd } from '../format/numbers';

/** What may be taken out now, what is locked and for how much, and what another mode would ask. */
export function EfficiencyFigures({ of, waiting }: { of: Efficiency | null; waiting: boolean }) {
  if (of === null) return <p className="empty">{waiting ? 'Asking what may be taken out.' : 'Nothing is known yet.'}</p>;
  const free = of.free.filter((f) => Number(f.free) > 0).sort((a, b) => b.value - a.value);

  return (
    <div className="offsets-body" tabIndex={0} role="region" aria-label="What can be freed">
      <dl className="offset-figures">
        <div title="The initial requirement, and the part of counted collateral it takes"><dt>Locked</dt><dd className="num">{usd(of.locked)} <small>{percent(of.used, 0)}</small></dd></div>
        <div title="Notional for each dollar locked"><dt>Notional per $1 locked</dt><dd className="num">{of.notionalPerLocked === null ? nothing : `$${fixed(of.notionalPerLocked, 2)}`}</dd></div>
        <div title="Equity that does not count"><dt>Lost to haircuts</dt><dd className="num">{usd(of.lostToHaircuts)}</dd></div>
      </dl>
      <table className="proposal" aria-label="What may be taken out now">
        <thead><tr><th scope="col">Take out</th><th scope="col" title="Each asset on its own, not all together">At most, coins</th><th scope="col">Value</th></tr></thead>
        <tbody>
          {free.length === 0
            ? <tr><td colSpan={3} data-words="true" className="note">Nothing may be taken out now.</td></tr>
            : free.map((f) => <tr key={f.asset}><th scope="row">{f.asset}</th><td className="num">{shortened(f.free)}</td><td className="num">{usd(f.value)}</td></tr>)}
        </tbody>
      </table>
      <table className="proposal" aria-label="What each margin mode requires">
        <thead><tr><th scope="col">In the mode</th><th scope="col">Maintenance</th><th scope="col">Initial</th></tr></thead>
        <tbody>{of.modes.map((m) => <tr key={m.mode}><th scope="row">{m.mode}</th><td className="num">{usd(m.maintenance)}</td><td className="num">{usd(m.initial)}</td></tr>)}</tbody>
      </table>
    </div>
  );
}

/** Eighteen decimals help nobody here; what is cut off is never more than may be taken. */
const shortened = (coins: string): string => exact(coins.replace(/(\.\d{6})\d+$/, '$1'));
