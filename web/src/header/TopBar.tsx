import { shortHash } from '../format/numbers';
import { clockOf, dateOf } from '../format/time';
import { useDesk } from '../live/store';
import { ThemeToggle } from '../theme/ThemeToggle';
import { LinkBadge } from './LinkBadge';

const places = [
  ['standing', 'Standing'], ['coverage', 'Coverage'], ['thresholds', 'Thresholds'],
  ['markets', 'Markets'], ['events', 'Events'], ['accounts', 'Accounts'],
] as const;

/** Whose venue this is, what time it is there, and whether the page is live. */
export function TopBar() {
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
      <nav aria-label="Parts of the page">
        {places.map(([id, text]) => <a key={id} href={`#${id}`}>{text}</a>)}
      </nav>
      {sequence !== undefined && <p className="fact">Journal <strong>#{sequence.toLocaleString('en-US')}</strong></p>}
      {root !== undefined && (
        <p className="fact" title={`Attested root of epoch ${epoch}: ${root}`}>Attested root <code>{shortHash(root)}</code></p>
      )}
      <LinkBadge />
      <ThemeToggle />
    </header>
  );
}
