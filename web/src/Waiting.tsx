import { linkStatus, loading } from './live/session';
import { useValue } from './live/value';

/** Stands where the desk will be until the venue's first figures are in. */
export function Waiting() {
  const { venue } = useValue(loading);
  const { problem } = useValue(linkStatus);
  const trouble = venue ?? problem;

  return (
    <main className="waiting" id="standing">
      <h1>{trouble === null ? 'Sounding the venue…' : 'The venue cannot be read'}</h1>
      <p>{trouble ?? 'Waiting for the first figures.'}</p>
      {trouble !== null && <p>This page keeps trying. It needs the Plimsoll server that served it.</p>}
    </main>
  );
}
