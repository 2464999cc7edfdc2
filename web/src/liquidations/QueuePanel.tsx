import { useState } from 'react';
import { Panel } from '../Panel';
import type { Deleveraging } from '../api/liquidations';
import { compact, fixed, usd, usdSigned } from '../format/numbers';
import { addressOf } from '../view/view';

const most = 100;
const policyWords: Readonly<Record<string, string>> = {
  'pro-rata': 'pro rata to what each holds', 'pro-rata-profit': 'pro rata to profit', 'bit-mex': 'by profit × leverage', hyperliquid: 'by mark ÷ entry × leverage', binance: 'by profit × leverage’s rank', 'water-filling': 'highest leverage first',
};

/** Who would take over first if a position had to be deleveraged, instrument by instrument. */
export function QueuePanel({ deleveraging, problem }: { deleveraging: Deleveraging | null; problem: string | null }) {
  const [chosen, choose] = useState<string | null>(null);
  const queues = deleveraging?.queues ?? [];
  const queue = queues.find((q) => q.instrument === chosen) ?? queues[0];

  return (
    <Panel
      id="queue" title="ADL queue" problem={problem} note={deleveraging === null ? undefined : policyWords[deleveraging.policy] ?? deleveraging.policy}
      tools={queues.length > 0 && (
        <select aria-label="Instrument of the queue" value={queue?.instrument} onChange={(e) => choose(e.target.value)}>
          {queues.map((q) => <option key={q.instrument}>{q.instrument}</option>)}
        </select>
      )}
    >
      {queue === undefined || queue.places.length === 0
        ? <p className="empty">{deleveraging === null ? (problem === null ? 'Waiting for the queue.' : 'No queue is known yet.') : 'Nobody holds a position that could be taken from him.'}</p>
        : (
          <div className="scroll-x queue-scroll" tabIndex={0} role="region" aria-label={`Queue of ${queue.instrument}`}>
            <table className="proposal">
              <thead>
                <tr>
                  <th scope="col">Account</th><th scope="col" data-words="true">Side</th><th scope="col" title="In the instrument’s own unit">Size</th><th scope="col">Notional</th>
                  <th scope="col" title="Unrealised">Profit</th><th scope="col" title="Five lights: the first fifth of the queue is asked first">Place</th>
                </tr>
              </thead>
              <tbody>
                {queue.places.slice(0, most).map((p) => (
                  <tr key={`${p.account} ${p.side}`}>
                    <th scope="row"><a href={addressOf('account', null, p.account)}>{p.account}</a></th>
                    <td data-words="true" data-side={p.side}>{p.side}</td>
                    <td className="num">{compact(p.size)}</td><td className="num">{usd(p.notional)}</td><td className="num">{usdSigned(p.profit)}</td>
                    <td title={`Score ${fixed(p.score, 4)}`}><span className="lights" data-lit={p.fifth} role="img" aria-label={`${p.fifth} of 5 lights`}>{Array.from({ length: 5 }, (_, i) => <i key={i} data-on={i < p.fifth} />)}</span></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </Panel>
  );
}
