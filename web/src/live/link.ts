export type LinkPhase = 'connecting' | 'live' | 'stale' | 'reconnecting';

/** How much the figures on the page can be trusted, and since when. Times are milliseconds of the browser's clock. */
export interface LinkStatus {
  phase: LinkPhase;
  lastFrameAt: number | null;
  /** Failed attempts in a row. */
  attempt: number;
  retryAt: number | null;
  problem: string | null;
}

export const patience = {
  /** A stream that should speak four times a second and has said nothing this long is stale. */
  staleAfter: 3_000,
  /** A socket open but silent this long is taken for dead and opened anew. */
  deadAfter: 15_000,
  firstRetry: 500,
  lastRetry: 10_000,
};

export interface LinkHandlers {
  /** One text frame. What it throws is shown as the link's problem. */
  onFrame: (raw: string) => void;
  onOpen: () => void;
  onStatus: (status: LinkStatus) => void;
}

type Socket = Pick<WebSocket, 'close' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'>;

/** Keeps one stream open for as long as the page lives, and says honestly when it is not. */
export class StreamLink {
  status: LinkStatus = { phase: 'connecting', lastFrameAt: null, attempt: 0, retryAt: null, problem: null };
  #socket: Socket | null = null;
  #openedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #handlers: LinkHandlers;
  readonly #dial: () => Socket;

  constructor(dial: () => Socket, handlers: LinkHandlers) {
    this.#dial = dial;
    this.#handlers = handlers;
  }

  start(): void {
    this.#watch = setInterval(() => this.#look(), 1_000);
    this.#connect();
  }

  stop(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** Tries at once, without waiting for the next attempt's time. */
  hurry = (): void => {
    if (this.status.retryAt === null) return;
    clearTimeout(this.#retry);
    this.#connect();
  };

  #connect(): void {
    this.#drop();
    const socket = this.#dial();
    this.#socket = socket;
    this.#openedAt = Date.now();
    if (this.status.retryAt !== null) this.#say({ ...this.status, retryAt: null });
    socket.onopen = () => this.#handlers.onOpen();
    socket.onmessage = (message: MessageEvent<unknown>) => this.#hear(message.data);
    socket.onclose = () => this.#lost('The stream was closed.');
    socket.onerror = () => undefined; // A close always follows, and is what we act on.
  }

  #hear(data: unknown): void {
    let problem: string | null = null;
    try {
      if (typeof data === 'string') this.#handlers.onFrame(data);
    } catch (error) {
      problem = `A message could not be read. ${error instanceof Error ? error.message : String(error)}`;
    }
    // A frame nobody could read is not news: the figures stay as old as they are.
    const lastFrameAt = problem === null ? Date.now() : this.status.lastFrameAt;
    const phase = problem === null ? 'live' : this.status.phase;
    this.#say({ phase, lastFrameAt, attempt: 0, retryAt: null, problem });
  }

  #look(): void {
    if (this.status.retryAt !== null) return;
    const silent = Date.now() - Math.max(this.status.lastFrameAt ?? 0, this.#openedAt);
    if (silent > patience.deadAfter) this.#lost('The stream fell silent.');
    else if (this.status.phase === 'live' && silent > patience.staleAfter) this.#say({ ...this.status, phase: 'stale' });
  }

  #lost(problem: string): void {
    this.#drop();
    const attempt = this.status.attempt + 1;
    const wait = Math.min(patience.firstRetry * 2 ** (attempt - 1), patience.lastRetry);
    this.#retry = setTimeout(() => this.#connect(), wait);
    this.#say({ ...this.status, phase: 'reconnecting', attempt, retryAt: Date.now() + wait, problem });
  }

  #drop(): void {
    if (this.#socket === null) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = this.#socket.onerror = null;
    this.#socket.close();
    this.#socket = null;
  }

  #say(status: LinkStatus): void {
    this.status = status;
    this.#handlers.onStatus(status);
  }
}
