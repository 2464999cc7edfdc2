import { shortHash } from '../format/numbers';
import { clockOf, dateOf } from '../format/time';
import { useDesk } from '../live/store';
import { useValue } from '../live/value';
import { ThemeToggle } from '../theme/ThemeToggle';
import { type View, addressOf, keyOf, lastAccount, place, views } from '../view/view';
import { LinkBadge } from './LinkBadge';

const parts: Readonly<Record<View, readonly (readonly [string, string])[]>> = {
  desk: [
    ['standing', 'Standing'], ['coverage', 'Coverage'], ['thresholds', 'Thresholds'],
    ['markets', 'Markets'], ['events', 'Events'], ['accounts', 'Accounts'],
  ],
  exposure: [['greeks', 'Greeks'], ['surface', 'Surface'], ['limits', 'Limits'], ['buckets', 'Buckets'], ['hedge', 'Hedge']],
  account: [['health', 'Health'], ['waterfall', 'Waterfall'], ['scenarios', 'Scenarios'], ['whatif', 'What if'], ['holdings', 'Holdings'], ['prices', 'Prices'], ['economy', 'Economy']],
  collateral: [['schedule', 'Schedule'], ['caps', 'Caps'], ['haircuts', 'Haircuts'], ['correlation', 'Correlation'], ['thresholds', 'Map'], ['loans', 'Loans']],
  liquidations: [['funnel', 'Stages'], ['plans', 'Plans'], ['notices', 'Notices'], ['auctions', 'Auctions'], ['lossfund', 'Fund'], ['queue', 'Queue'], ['oracles', 'Oracles'], ['breakers', 'Breakers']],
};
const titles: Readonly<Record<View, string>> = { desk: 'Desk', exposure: 'Exposure', account: 'Account', collateral: 'Collateral', liquidations: 'Liquidations' };

/** Whose venue this is, what time it is there, and whether the page is live. */
export function TopBar() {
  const { view } = useValue(place);
  const account = useValue(lastAccount);
  const name = useDesk((s) => s.venue?.name);
  const time = useDesk((s) => s.venue?.time);
  const sequence = useDesk((s) => s.venue?.sequence);
  const root = useDesk((s) => s.venue?.attestation?.root);
  const epoch = useDesk((s) => s.venue?.attestation?.epoch);

  return (
    <header className="topbar">
      <img src="./mark.svg" alt="" width="24" height="24" />
      <h1>{name ?? 'Plimsoll'}</h1>
      {time !== undefined && (
        <p className="venue-time">
          <span>{dateOf(time)}</span> <strong>{clockOf(time)}</strong> <abbr title="The venue’s time, in UTC">UTC</abbr>
        </p>
      )}
      <nav className="views" aria-label="Views">
        {views.map((v) => (
          <a key={v} href={addressOf(v, null, account)} aria-current={v === view ? 'page' : undefined} aria-keyshortcuts={keyOf[v]} title={`${titles[v]} (key ${keyOf[v]})`}>{titles[v]}</a>
        ))}
      </nav>
      <nav aria-label="Parts of the page">
        {parts[view].map(([id, text]) => <a key={id} href={addressOf(view, id, account)}>{text}</a>)}
      </nav>
      {sequence !== undefined && <p className="fact" title="Entries in the journal"><span className="wide">Journal </span><strong>#{sequence.toLocaleString('en-US')}</strong></p>}
      {root !== undefined && (
        <p className="fact root" title={`Attested root of epoch ${epoch}: ${root}`}><span className="wide">Attested </span>root <code>{shortHash(root)}</code></p>
      )}
      <LinkBadge />
      <ThemeToggle />
    </header>
  );
}
