import { age, clockOf } from '../format/time';
import type { LinkStatus } from '../live/link';
import { lastFrameAt, linkStatus, reconnectNow } from '../live/session';
import { useDesk } from '../live/store';
import { useNow, useValue } from '../live/value';

/** Says how old the figures are whenever they are not live; a frozen page never passes for a calm one. */
export function FreshnessBanner() {
  const status = useValue(linkStatus);
  const known = useDesk((s) => s.venue !== null);
  if (!known || status.phase === 'live' || status.phase === 'connecting') return null;

  return <Banner status={status} />;
}

function Banner({ status }: { status: LinkStatus }) {
  const now = useNow(500);
  const time = useDesk((s) => s.venue?.time);
  const last = lastFrameAt();

  return (
    <div className="freshness" role="status">
      <strong>{status.phase === 'stale' ? 'Stale data' : 'Reconnecting'}</strong>
      <span aria-live="off">
        {last === null ? 'No update yet.' : `No update for ${age((now - last) / 1_000)}.`}
        {time !== undefined && ` The figures below are those of ${clockOf(time)} UTC.`}
        {status.retryAt !== null && ` Next attempt in ${age((status.retryAt - now) / 1_000)}.`}
      </span>
      {status.retryAt !== null && <button type="button" onClick={reconnectNow}>Try now</button>}
    </div>
  );
}
