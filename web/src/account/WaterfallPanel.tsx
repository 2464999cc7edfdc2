import { useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import type { AccountDetail } from '../api/accounts';
import type { MarginExplained, MarginLine } from '../api/margin';
import { usd, usdSigned } from '../format/numbers';
import { type Fall, boundsOf, equityOf, waterfall } from './waterfall';

const lines = [{ value: 'maintenance', text: 'Maintenance' }, { value: 'target', text: 'Target' }, { value: 'initial', text: 'Initial' }] as const;

/** How equity becomes health: what is refused, what is required and why. */
export function WaterfallPanel({ detail, margin, problem }: { detail: AccountDetail | null; margin: MarginExplained | null; problem: string | null }) {
  const [at, setAt] = useState<MarginLine>('maintenance');

  return (
    <Panel
      id="waterfall" title="From equity to health" problem={problem}
      tools={<Choice label="Line" options={lines} value={at} onChange={setAt} />}
    >
      {margin === null
        ? <p className="empty">{problem === null ? 'Waiting for the explanation.' : 'No explanation is known yet.'}</p>
        : <Falls falls={waterfall(equityOf(margin, detail), margin, at)} line={at} />}
    </Panel>
  );
}

function Falls({ falls, line }: { falls: readonly Fall[]; line: MarginLine }) {
  const { low, high } = boundsOf(falls);
  const at = (value: number): number => (100 * (value - low)) / (high - low);

  return (
    <table className="falls" aria-label={`From equity to ${line} health, USD`}>
      <tbody>
        {falls.map((f) => {
          const [left, right] = [at(Math.min(f.from, f.to)), at(Math.max(f.from, f.to))];
          const rises = f.to >= f.from;
          return (
            <tr key={f.name} data-total={f.total} data-side={f.total ? (f.to < 0 ? 'under' : 'total') : rises ? 'plus' : 'minus'} title={f.means}>
              <th scope="row">{f.name}</th>
              <td className="fall-track" aria-hidden="true">
                <u style={{ left: `${at(0)}%` }} />
                <i style={{ left: `${left}%`, width: `max(${right - left}%, ${f.from === f.to ? 0 : 2}px)` }} />
              </td>
              <td className="num right">{f.total ? usd(f.to) : usdSigned(f.to - f.from)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
