import { useEffect, useRef, useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { getAccounts, inWords, isAbort, proposeHedge } from '../api/client';
import type { HedgeProposal } from '../api/hedge';
import { usd } from '../format/numbers';
import { clockOf } from '../format/time';
import { LadderMaps } from './LadderMaps';
import { BandsTable, TradesTable } from './ProposalTables';
import { type Aim, bandsFor, summaryOf } from './hedgeWords';

/** The venue's own book is its liquidity provider's: what liquidations left it. */
const provider = 'liquidity';
const books = [{ value: 'venue', text: 'Venue' }, { value: 'account', text: 'Account' }] as const;
type Book = (typeof books)[number]['value'];
const offered = [{ value: 'delta', text: 'Delta' }, { value: 'vega', text: '+ vega' }, { value: 'all', text: '+ gamma, vega' }] as const;

interface Asked { proposal: HedgeProposal; book: string }

/** The cheapest trades that bring Greeks inside their bands, when asked for: cost and effect before anything is done. */
export function HedgePanel() {
  const [book, setBook] = useState<Book>('venue');
  const [account, setAccount] = useState('');
  const [aim, setAim] = useState<Aim>('delta');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const request = useRef<AbortController | null>(null);
  useEffect(() => () => request.current?.abort(), []);
  const largest = useLargest((first, providerHolds) => {
    setAccount((now) => (now === '' ? first : now));
    if (!providerHolds) setBook('account');
    if (request.current === null) void propose(providerHolds ? null : first);
  });

  const propose = async (of: string | null): Promise<void> => {
    if (of === '') {
      setProblem('Name the account whose book is to be hedged.');
      return;
    }
    request.current?.abort();
    const control = new AbortController();
    request.current = control;
    setBusy(true);
    setProblem(null);
    try {
      // Bands of gamma and vega are parts of what they are now, which the first answer says.
      const plain = await proposeHedge(of, [], control.signal);
      const bands = bandsFor(aim, plain);
      const proposal = bands.length === 0 ? plain : await proposeHedge(of, bands, control.signal);
      setAsked({ proposal, book: of ?? `the venue (${provider})` });
    } catch (error) {
      if (isAbort(error)) return;
      setProblem(inWords(error));
    }
    if (request.current === control) setBusy(false);
  };

  const hedges = asked?.proposal.hedges ?? [];
  const hedge = hedges.find((h) => h.underlying === shown) ?? hedges.find((h) => h.trades.length > 0) ?? hedges[0];

  return (
    <Panel
      id="hedge" title="Hedge" problem={problem}
      note="the least cost that brings Greeks inside their bands"
      tools={hedges.length > 1 && hedge !== undefined
        ? <Choice label="Underlying hedged" options={hedges.map((h) => ({ value: h.underlying, text: h.underlying }))} value={hedge.underlying} onChange={setShown} />
        : undefined}
    >
      <form
        className="sub-head" aria-label="Ask for a hedge"
        onSubmit={(e) => {
          e.preventDefault();
          void propose(book === 'account' ? account.trim() : null);
        }}
      >
        <Choice label="Book" options={books} value={book} onChange={setBook} />
        {book === 'account' && <input aria-label="Account to hedge" placeholder="Account" list="largest-accounts" value={account} maxLength={64} onChange={(e) => setAccount(e.target.value)} />}
        <datalist id="largest-accounts">{largest.map((name) => <option key={name} value={name} />)}</datalist>
        <Choice label="Greeks held" options={offered} value={aim} onChange={setAim} />
        <button type="submit" className="propose" aria-busy={busy}>{busy ? 'Working…' : 'Propose'}</button>
        {asked !== null && <span className="note" role="status">{asked.book} at {clockOf(asked.proposal.at)} UTC</span>}
      </form>
      {asked === null || hedge === undefined
        ? <p className="empty">{asked === null ? 'No proposal yet. “Propose” looks for the cheapest trades that bring delta into its no-trade band, and gamma and vega to a quarter of what they are; nothing is traded by it.' : summaryOf(asked.proposal)}</p>
        : (
          <div className="hedge-body" tabIndex={0} role="region" aria-label="Proposal">
            <p className="hedge-summary">{summaryOf(asked.proposal)} <span className="note">In {hedge.underlying}: spread {usd(hedge.cost.spread)} + fees {usd(hedge.cost.fees)} + impact {usd(hedge.cost.impact)} = <b>{usd(hedge.cost.total)}</b></span></p>
            <div className="hedge-tables">
              <TradesTable hedge={hedge} />
              <BandsTable hedge={hedge} />
            </div>
            <LadderMaps ladder={hedge.ladder} underlying={hedge.underlying} />
          </div>
        )}
    </Panel>
  );
}

/** The accounts with the largest books, asked for once; the first is hedged at first where the venue's own book holds nothing. */
function useLargest(tell: (first: string, providerHolds: boolean) => void): string[] {
  const [names, setNames] = useState<string[]>([]);
  const told = useRef(tell);
  told.current = tell;

  useEffect(() => {
    const control = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const page = await getAccounts({ order: '-notional', limit: 20, offset: 0, find: '' }, control.signal);
        const found = page.rows.map((row) => row.account).filter((name) => name !== provider);
        setNames(found);
        if (found[0] === undefined) return;
        const own = await getAccounts({ order: 'account', limit: 20, offset: 0, find: provider }, control.signal);
        told.current(found[0], own.rows.some((row) => row.account === provider && row.notional > 0));
      } catch {
        // Only a convenience: without it a name is typed.
      }
    };
    void ask();
    return () => control.abort();
  }, []);

  return names;
}
