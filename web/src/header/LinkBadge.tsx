import type { LinkPhase } from '../live/link';
import { linkStatus } from '../live/session';
import { useValue } from '../live/value';

const words: Record<LinkPhase, string> = { connecting: 'Connecting', live: 'Live', stale: 'Stale data', reconnecting: 'Reconnecting' };

/** Whether the figures move with the venue. */
export function LinkBadge() {
  const { phase, problem } = useValue(linkStatus);
  return <p className="link-badge" data-phase={phase} title={problem ?? undefined}><i aria-hidden="true" />{words[phase]}</p>;
}
