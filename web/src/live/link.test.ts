import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LinkStatus, StreamLink, patience } from './link';

class Wire {
  static all: Wire[] = [];
  onopen: WebSocket['onopen'] = null;
  onmessage: WebSocket['onmessage'] = null;
  onclose: WebSocket['onclose'] = null;
  onerror: WebSocket['onerror'] = null;
  closed = false;

  constructor() {
    Wire.all.push(this);
  }

  close(): void {
    this.closed = true;
  }

  say(data: string): void {
    this.onmessage?.call({} as WebSocket, { data } as MessageEvent<unknown>);
  }

  cut(): void {
    this.onclose?.call({} as WebSocket, {} as CloseEvent);
  }
}

const statuses: LinkStatus[] = [];
const last = (): LinkStatus | undefined => statuses.at(-1);
const wire = (): Wire => Wire.all.at(-1) ?? new Wire();
let link: StreamLink;

beforeEach(() => {
  vi.useFakeTimers();
  Wire.all = [];
  statuses.length = 0;
  const onFrame = (raw: string): void => {
    if (raw === 'nonsense') throw new Error('frame: expected an object');
  };
  link = new StreamLink(() => new Wire(), { onFrame, onOpen: () => undefined, onStatus: (s) => statuses.push(s) });
  link.start();
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

test('a first frame makes the page live', () => {
  wire().say('{}');
  expect(last()?.phase).toBe('live');
});

test('silence makes the figures stale, and the next frame makes them live again', () => {
  wire().say('{}');
  vi.advanceTimersByTime(patience.staleAfter + 1_000);
  expect(last()?.phase).toBe('stale');
  wire().say('{}');
  expect(last()?.phase).toBe('live');
});

test('a socket silent for too long is given up and opened anew', () => {
  wire().say('{}');
  const first = wire();
  vi.advanceTimersByTime(patience.deadAfter + 2_000);
  expect(first.closed).toBe(true);
  expect(Wire.all.length).toBeGreaterThan(1);
});

test('a cut stream is retried, each time more patiently, until it is back', () => {
  wire().say('{}');
  for (let attempt = 1; attempt <= 3; attempt++) {
    wire().cut();
    expect(last()).toMatchObject({ phase: 'reconnecting', attempt });
    vi.advanceTimersByTime(patience.firstRetry * 2 ** (attempt - 1));
    expect(Wire.all).toHaveLength(attempt + 1);
  }
  wire().say('{}');
  expect(last()).toMatchObject({ phase: 'live', attempt: 0, problem: null });
});

test('an attempt that hangs is not waited for forever', () => {
  wire().cut();
  vi.advanceTimersByTime(patience.firstRetry);
  vi.advanceTimersByTime(patience.deadAfter + 2_000);
  expect(last()).toMatchObject({ phase: 'reconnecting', attempt: 2 });
});

test('a person may hurry the next attempt, and only a waiting one', () => {
  wire().cut();
  link.hurry();
  link.hurry();
  expect(Wire.all).toHaveLength(2);
});

test('a frame nobody can read is reported and does not pass for news', () => {
  wire().say('{}');
  const at = last()?.lastFrameAt;
  vi.advanceTimersByTime(500);
  wire().say('nonsense');
  expect(last()?.lastFrameAt).toBe(at);
  expect(last()?.problem).toContain('expected an object');
});
