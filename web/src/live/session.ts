import { eventsPerPage, getEvents, getHistory, getVenue, inWords, isAbort, streamUrl } from '../api/client';
import { readFrame } from '../api/frames';
import { createValue } from './value';
import { type LinkStatus, StreamLink } from './link';
import { desk } from './store';

/** What went wrong when the page asked for what came before the stream; null when nothing did. */
export interface Loading { venue: string | null; history: string | null; events: string | null }

const retryAfter = 5_000;
const mostPages = 5;

export const loading = createValue<Loading>({ venue: null, history: null, events: null });
export const linkStatus = createValue<LinkStatus>({ phase: 'connecting', lastFrameAt: null, attempt: 0, retryAt: null, problem: null });

/** When the last readable frame came; read by clocks, which tick by themselves. */
export const lastFrameAt = (): number | null => link.status.lastFrameAt;
export const reconnectNow = (): void => link.hurry();

const link = new StreamLink(() => new WebSocket(streamUrl()), {
  onFrame: (raw) => {
    const frame = readFrame(raw);
    if (frame !== null) desk.push(frame);
  },
  onOpen: () => void loadAll(),
  onStatus: (next) => {
    // Frames come several times a second; only what a person would notice is passed on.
    const known = linkStatus.get();
    const same = known.phase === next.phase && known.attempt === next.attempt && known.retryAt === next.retryAt && known.problem === next.problem;
    if (!same) linkStatus.set(next);
  },
});

let request = new AbortController();

/** Asks for everything the stream does not repeat; again after each reconnection, for what was missed. */
async function loadAll(): Promise<void> {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const newest = desk.get().events[0]?.sequence ?? null;

  // The venue first: if it started again, the reducer clears what the old one left.
  await load('venue', signal, async () => desk.push({ kind: 'venue', venue: await getVenue(signal) }));
  await Promise.all([
    load('history', signal, async () => desk.push({ kind: 'history', points: await getHistory(signal) })),
    load('events', signal, () => loadEvents(newest, signal)),
  ]);
}

/** The newest events at first; after an absence those since the last one known, page by page, as far back as is worth it. */
async function loadEvents(newest: number | null, signal: AbortSignal): Promise<void> {
  let after = newest;
  for (let page = 0; page < mostPages; page++) {
    const rows = await getEvents(after, signal);
    desk.push({ kind: 'events', rows });
    if (after === null || rows.length < eventsPerPage) return;
    after = rows.reduce((last, e) => Math.max(last, e.sequence), after);
  }
}

async function load(name: keyof Loading, signal: AbortSignal, ask: () => Promise<void>): Promise<void> {
  let problem: string | null = null;
  try {
    await ask();
  } catch (error) {
    if (isAbort(error)) return;
    problem = inWords(error);
    setTimeout(() => void (signal.aborted ? undefined : load(name, signal, ask)), retryAfter);
  }
  if (loading.get()[name] !== problem) loading.set({ ...loading.get(), [name]: problem });
}

export function startSession(): void {
  let epoch = desk.get().epoch;
  desk.subscribe(() => {
    // A venue that started again on the same connection has a past of its own.
    if (desk.get().epoch === epoch) return;
    epoch = desk.get().epoch;
    void loadAll();
  });
  void loadAll();
  link.start();
  window.addEventListener('online', reconnectNow);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) reconnectNow();
  });
}
