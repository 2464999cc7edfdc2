import { useSyncExternalStore } from 'react';
import { type Change, reduce } from './reduce';
import { type DeskState, empty } from './state';

type Schedule = (flush: () => void) => void;

/**
 * Holds the state and lets changes in once per painted frame, however many arrive between two:
 * 1. a change joins the queue; the first one books the next frame;
 * 2. the frame folds the whole queue into the state;
 * 3. readers hear of it once.
 */
export class DeskStore {
  #state: DeskState = empty;
  #queue: Change[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #schedule: Schedule;

  constructor(schedule: Schedule = nextFrame) {
    this.#schedule = schedule;
  }

  get = (): DeskState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  push(change: Change): void {
    this.#queue.push(change);
    if (this.#queue.length === 1) this.#schedule(() => this.#flush());
  }

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#state = queue.reduce(reduce, this.#state);
    for (const listener of this.#listeners) listener();
  }
}

/** A hidden page is painted no frames; a timer keeps its queue from growing for hours. */
const nextFrame: Schedule = (flush) => {
  if (document.hidden) setTimeout(flush, 500);
  else requestAnimationFrame(flush);
};

export const desk = new DeskStore();

/** Reads a part of the state. The selector must return the same object while that part is unchanged. */
export function useDesk<T>(select: (state: DeskState) => T): T {
  return useSyncExternalStore(desk.subscribe, () => select(desk.get()));
}
