import { useState } from 'react';
import { Panel } from '../Panel';
import { acknowledgeCall, inWords } from '../api/client';
import type { Endpoint, Notice, Notices, Override } from '../api/liquidations';
import { fixed } from '../format/numbers';
import { clockOf } from '../format/time';
import { addressOf } from '../view/view';
import { countdown, deliveryOf, standingOf } from './words';

const nameKey = 'plimsoll.acknowledges-as';
const signs = { info: '·', warning: '▲', critical: '■' } as const;

/** What people were told, whether it reached them, who has seen it, and what two persons have ordered. */
export function NoticesPanel({ notices, overrides, now, problem }: { notices: Notices | null; overrides: readonly Override[]; now: number | null; problem: string | null }) {
  const [name, setName] = useState(() => localStorage.getItem(nameKey) ?? '');
  const [said, say] = useState<string | null>(null);
  const [sending, send] = useState<string | null>(null);
  const rename = (to: string): void => {
    setName(to);
    localStorage.setItem(nameKey, to);
  };
  const acknowledge = async (account: string): Promise<void> => {
    send(account);
    try {
      await acknowledgeCall(account, name.trim());
      say(null);
    } catch (error) {
      say(inWords(error));
    } finally {
      send(null);
    }
  };

  return (
    <Panel
      id="notices" title="Notices" problem={problem ?? said} note={notices === null ? undefined : notices.unacknowledged === 0 ? 'no call waits' : `${fixed(notices.unacknowledged, 0)} ${notices.unacknowledged === 1 ? 'call' : 'calls'} nobody has seen`}
      tools={<input aria-label="Your name, under which calls are acknowledged" placeholder="your name" maxLength={64} value={name} onChange={(e) => rename(e.target.value)} />}
    >
      {notices === null
        ? <p className="empty">{problem === null ? 'Waiting for the notices.' : 'No notice is known yet.'}</p>
        : (
          <>
            {overrides.length > 0 && <ul className="overrides" aria-label="Overrides">{overrides.map((o) => <Order key={o.number} of={o} now={now} />)}</ul>}
            {notices.notices.length === 0
              ? <p className="empty">Nobody had to be told of anything.</p>
              : <ol className="notices" tabIndex={0} aria-label="Notices, the newest first">{notices.notices.map((n) => <Line key={n.id} of={n} busy={sending === n.account} nameless={name.trim() === ''} onSeen={acknowledge} />)}</ol>}
            <Endpoints of={notices.endpoints} />
          </>
        )}
    </Panel>
  );
}

function Line({ of: n, busy, nameless, onSeen }: { of: Notice; busy: boolean; nameless: boolean; onSeen: (account: string) => Promise<void> }) {
  const standing = standingOf(n);

  return (
    <li data-severity={n.severity} data-open={n.open}>
      <span className="notice-sign" role="img" aria-label={n.severity}>{signs[n.severity]}</span>
      <time className="num" dateTime={new Date(n.time).toISOString()}>{clockOf(n.time)}</time>
      <div>
        <p>{n.account === null ? n.text : <Named text={n.text} account={n.account} />}</p>
        {(standing !== '' || n.deliveries.length > 0) && <p className="limit-lines">{[standing, ...n.deliveries.map(deliveryOf)].filter((w) => w !== '').join(' · ')}</p>}
      </div>
      {n.open && n.account !== null && (
        <button type="button" aria-busy={busy} disabled={nameless} title={nameless ? 'Say your name above first' : 'Says, under your name and for ever, that you have seen it'} onClick={() => void onSeen(n.account ?? '')}>
          Seen<span className="unseen"> the call of {n.account}</span>
        </button>
      )}
    </li>
  );
}

/** The sentence with the account's name as a way to its page. */
function Named({ text, account }: { text: string; account: string }) {
  const at = text.indexOf(account);
  return at < 0 ? <>{text}</> : <>{text.slice(0, at)}<a href={addressOf('account', null, account)}>{account}</a>{text.slice(at + account.length)}</>;
}

const kindWords: Readonly<Record<string, string>> = { 'hold-liquidation': 'liquidation held', 'liquidate-now': 'liquidate now', release: 'release' };

function Order({ of: o, now }: { of: Override; now: number | null }) {
  return (
    <li data-state={o.state} title={o.reason}>
      <b>{o.account}</b> {kindWords[o.kind] ?? o.kind}
      <small>{o.state === 'waits' ? `${o.proposedBy} proposed it, a second person is asked` : `${o.proposedBy} and ${o.confirmedBy ?? ''}`}{now === null ? '' : `, ${countdown(o.endsAt, now)}`}</small>
    </li>
  );
}

function Endpoints({ of }: { of: readonly Endpoint[] }) {
  if (of.length === 0) return <p className="note more">This page is the only one that is told. <code>plimsoll serve --webhooks FILE</code> posts notices to others, too.</p>;
  return (
    <ul className="endpoints" aria-label="Endpoints">
      {of.map((e) => (
        <li key={e.name} data-down={e.lastFault !== null} title={`${e.url}${e.lastFault === null ? '' : `: ${e.lastFault}`}`}>
          <b>{e.name}</b> {e.lastFault === null ? 'hears' : `does not hear: ${e.lastFault}`}, {fixed(e.delivered, 0)} delivered{e.waiting > 0 ? `, ${fixed(e.waiting, 0)} wait` : ''}{e.givenUp > 0 ? `, ${fixed(e.givenUp, 0)} given up` : ''}
        </li>
      ))}
    </ul>
  );
}
