import { useId, useMemo, useState } from 'react';
import { Panel } from '../Panel';
import type { AccountDetail } from '../api/accounts';
import { askWhatIf, getMarket } from '../api/client';
import type { WhatIfAsk } from '../api/whatIf';
import { useDesk } from '../live/store';
import { useLast } from '../live/useLast';
import { usePoll } from '../live/usePoll';
import { useThrottled } from '../live/useThrottled';
import { Slider } from './Slider';
import { WhatIfTable } from './WhatIfTable';
import { type Controls, askOf, coinsWorth, isStill, partOf, still, verdictOf } from './whatIfModel';

const again = 1_500;
const marketAgain = 60_000;
const askMarket = (_key: string, signal: AbortSignal) => getMarket(signal);
/** A dragged slider asks a few times a second. */
const askEvery = 150;

const askFor = (key: string, signal: AbortSignal) => {
  const { account, ask } = JSON.parse(key) as { account: string; ask: WhatIfAsk };
  return askWhatIf(account, ask, signal);
};

interface Props { account: string; detail: AccountDetail | null; underlyings: readonly string[] }

/** What would become of the account if prices, volatility, a position or its collateral were other than they are. Asks; changes nothing. */
export function WhatIfPanel({ account, detail, underlyings }: Props) {
  const [controls, setControls] = useState<Controls>(still);
  const { ask, trouble } = useMemo(() => askOf(controls), [controls]);
  const asked = usePoll(useThrottled(JSON.stringify({ account, ask }), askEvery), again, askFor);
  const answer = useLast(asked.data, account);
  const set = (change: Partial<Controls>): void => setControls((now) => ({ ...now, ...change }));

  return (
    <Panel
      id="whatif" title="What if" problem={trouble ?? asked.problem} note="asks, and changes nothing"
      tools={<button type="button" disabled={isStill(controls)} onClick={() => setControls(still)}>Reset</button>}
    >
      <div className="whatif-body" tabIndex={0} role="region" aria-label="What if">
        <Moves controls={controls} underlyings={underlyings} set={set} />
        <Changes controls={controls} detail={detail} set={set} />
        {answer === null
          ? <p className="empty">{asked.problem === null ? 'Asking.' : 'No answer is known yet.'}</p>
          : (
            <>
              <p className="whatif-verdict" role="status" data-still={isStill(controls)}>{isStill(controls) ? 'Move something to see what it does.' : verdictOf(answer.before, answer.after)}</p>
              <WhatIfTable answer={answer} />
            </>
          )}
      </div>
    </Panel>
  );
}

/** A slider for each price the account hangs on, and one for volatility. */
function Moves({ controls, underlyings, set }: { controls: Controls; underlyings: readonly string[]; set: (change: Partial<Controls>) => void }) {
  return (
    <fieldset className="whatif-moves">
      <legend>The market moves</legend>
      {underlyings.map((u) => (
        <Slider key={u} name={`${u} price`} value={controls.prices[u] ?? 0} least={-50} most={50} onChange={(p) => set({ prices: { ...controls.prices, [u]: p } })} />
      ))}
      <Slider name="Volatility" value={controls.vol} least={-50} most={100} onChange={(vol) => set({ vol })} />
    </fieldset>
  );
}

/** A trade at the mark and coins paid in or out: a slider for a part of what there is, a field for any number. */
function Changes({ controls, detail, set }: { controls: Controls; detail: AccountDetail | null; set: (change: Partial<Controls>) => void }) {
  const market = usePoll('market', marketAgain, askMarket).data;
  const feeds = useDesk((s) => s.venue?.feeds);
  const names = useId();
  const instrument = market?.instruments.find((i) => i.instrument === controls.instrument);
  const held = detail?.positions.find((p) => p.instrument === controls.instrument);
  const asset = market?.assets.find((a) => a.asset === controls.asset);
  const price = feeds?.find((f) => f.asset === controls.asset)?.price ?? null;
  const part = held === undefined || Number(held.size) === 0 ? 0 : Math.round((100 * Number(controls.size || 0)) / Number(held.size));
  const equity = detail?.equity ?? 0;
  const paid = price === null || equity === 0 ? 0 : Math.round((100 * Number(controls.amount || 0) * price) / Math.abs(equity));

  return (
    <fieldset className="whatif-changes">
      <legend>The account changes</legend>
      <div className="whatif-row">
        <label htmlFor={`${names}-i`}>Trade</label>
        <input
          id={`${names}-i`} list={`${names}-list`} placeholder="Instrument" value={controls.instrument} maxLength={64} spellCheck={false} autoComplete="off"
          onChange={(e) => set({ instrument: e.target.value.trim(), size: '' })}
        />
        <input aria-label={`Size to trade${instrument === undefined ? '' : ` in lots of ${instrument.lotSize}`}`} placeholder={instrument === undefined ? 'Size, − sells' : `Lots of ${instrument.lotSize}`} inputMode="decimal" value={controls.size} maxLength={30} onChange={(e) => set({ size: e.target.value })} />
        <datalist id={`${names}-list`}>{[...new Set([...(detail?.positions.map((p) => p.instrument) ?? []), ...(market?.instruments.map((i) => i.instrument) ?? [])])].map((n) => <option key={n} value={n} />)}</datalist>
      </div>
      <Slider
        name="of the position held" value={clamped(part)} least={-100} most={100} disabled={held === undefined || instrument === undefined}
        onChange={(p) => held !== undefined && instrument !== undefined && set({ size: partOf(held, p, instrument.lotSize) })}
      />
      <div className="whatif-row">
        <label htmlFor={`${names}-a`}>Deposit</label>
        <select id={`${names}-a`} value={controls.asset} onChange={(e) => set({ asset: e.target.value, amount: '' })}>
          <option value="">Asset</option>
          {market?.assets.map((a) => <option key={a.asset} value={a.asset}>{a.asset}</option>)}
        </select>
        <input aria-label="Amount to deposit, negative to withdraw" placeholder="Coins, − withdraws" inputMode="decimal" value={controls.amount} maxLength={30} onChange={(e) => set({ amount: e.target.value })} />
      </div>
      <Slider
        name="of equity" value={clamped(paid)} least={-100} most={100} disabled={asset === undefined || price === null || equity === 0}
        onChange={(p) => asset !== undefined && set({ amount: coinsWorth(equity, p, price, asset.decimals) })}
      />
    </fieldset>
  );
}

const clamped = (percent: number): number => (Number.isFinite(percent) ? Math.min(100, Math.max(-100, percent)) : 0);
