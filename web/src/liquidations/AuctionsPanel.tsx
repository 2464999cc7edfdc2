import { Panel } from '../Panel';
import type { Auction, Auctions } from '../api/liquidations';
import { fixed, percent, usd } from '../format/numbers';
import { addressOf } from '../view/view';
import { countdown } from './words';

/** What is being auctioned, at which part off its mark, until when. */
export function AuctionsPanel({ auctions, now, problem }: { auctions: Auctions | null; now: number | null; problem: string | null }) {
  return (
    <Panel id="auctions" title="Auctions" problem={problem} note={auctions === null || !auctions.configured ? undefined : `${fixed(auctions.total, 0)} open`}>
      {auctions === null
        ? <p className="empty">{problem === null ? 'Waiting for the auctions.' : 'No auction is known yet.'}</p>
        : !auctions.configured
          ? <p className="empty">There are no auctions. <code>phases.auction</code> in the risk parameters opens one for what cannot be sold well.</p>
          : auctions.auctions.length === 0
            ? <p className="empty">Nothing is auctioned.</p>
            : <ol className="auctions" tabIndex={0} aria-label="Auctions">{auctions.auctions.map((a) => <Lot key={a.account} of={a} now={now} />)}</ol>}
    </Panel>
  );
}

function Lot({ of: a, now }: { of: Auction; now: number | null }) {
  const gone = now === null ? 0 : Math.min(1, Math.max(0, (now - a.openedAt) / Math.max(1, a.endsAt - a.openedAt)));

  return (
    <li data-form={a.form}>
      <div className="limit-head">
        <a href={addressOf('account', null, a.account)}>{a.account}</a>
        <b className="num">{a.form === 'solvent' ? `${percent(a.discount, 2)} off` : 'bidders are paid'}</b>
        <span className="num">{now === null ? '' : countdown(a.endsAt, now)}</span>
      </div>
      <div className="gauge" role="meter" aria-label={`Auction of ${a.account}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * gone)}><i style={{ width: `${100 * gone}%` }} /></div>
      <p className="limit-lines">{usd(a.notional)} of positions, worth {usd(a.equity)}{a.reserved > 0 ? `, ${usd(a.reserved)} paid` : ''}{a.nextStepAt === null || now === null ? '' : a.nextStepAt <= now ? ' · next step now' : ` · next step in ${countdown(a.nextStepAt, now)}`}</p>
    </li>
  );
}
