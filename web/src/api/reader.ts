/** Thrown when an answer does not have the shape the API's contract promises; names the place. */
export class ShapeError extends Error {
  constructor(path: string, wanted: string, found: unknown) {
    super(`${path}: expected ${wanted}, found ${describe(found)}`);
    this.name = 'ShapeError';
  }
}

/**
 * Walks an untyped answer and yields typed values, so that nothing unchecked gets past this folder.
 * Amounts and prices travel as strings and model values as numbers; `figure` reads either.
 */
export class Reader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    this.#value = value;
    this.#path = path;
  }

  at(name: string): Reader {
    return new Reader(this.#fields()[name], `${this.#path}.${name}`);
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.#not('text');
    return this.#value;
  }

  /** A number, or the number a string holds. Money shown in full keeps its `exact` string instead. */
  figure(): number {
    const value = typeof this.#value === 'string' && this.#value.trim() !== '' ? Number(this.#value) : this.#value;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#not('a number');
    return value;
  }

  /** The amount as the venue wrote it, with every digit. */
  exact(): string {
    this.figure();
    return String(this.#value);
  }

  /** A text, or a number used as a name. */
  label(): string {
    return typeof this.#value === 'number' ? String(this.#value) : this.text();
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.#not('true or false');
    return this.#value;
  }

  /** Milliseconds since 1970 of an ISO 8601 text. */
  time(): number {
    const at = Date.parse(this.text());
    if (Number.isNaN(at)) throw this.#not('an ISO 8601 time');
    return at;
  }

  oneOf<T extends string>(names: readonly T[]): T {
    const found = names.find((name) => name === this.#value);
    if (found === undefined) throw this.#not(names.join(' | '));
    return found;
  }

  list<T>(read: (item: Reader) => T): T[] {
    if (!Array.isArray(this.#value)) throw this.#not('a list');
    return this.#value.map((item: unknown, i) => read(new Reader(item, `${this.#path}[${i}]`)));
  }

  entries<T>(read: (item: Reader) => T): Record<string, T> {
    const read1 = ([name, item]: [string, unknown]): [string, T] => [name, read(new Reader(item, `${this.#path}.${name}`))];
    return Object.fromEntries(Object.entries(this.#fields()).map(read1));
  }

  /** What `read` finds, or null where the answer says null or nothing. */
  maybe<T>(read: (item: Reader) => T): T | null {
    return this.#value === null || this.#value === undefined ? null : read(this);
  }

  #fields(): Record<string, unknown> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value)) throw this.#not('an object');
    return this.#value as Record<string, unknown>;
  }

  #not(wanted: string): ShapeError {
    return new ShapeError(this.#path, wanted, this.#value);
  }
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

export const text = (r: Reader): string => r.text();
export const figure = (r: Reader): number => r.figure();
