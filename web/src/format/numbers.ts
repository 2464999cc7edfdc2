/** What stands where there is no figure. */
export const nothing = '–';
const minus = '−';

const plain = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const byDigits = Array.from({ length: 9 }, (_, digits) => plain(digits));

const steps: readonly [number, string][] = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']];

/** Digits grouped in threes, a true minus sign, a fixed count of decimals. */
export function fixed(value: number, digits: number): string {
  const format = byDigits[Math.min(Math.max(digits, 0), 8)] ?? plain(digits);
  const shown = format.format(Math.abs(value));
  return value < 0 && /[1-9]/.test(shown) ? minus + shown : shown;
}

/** Three significant digits and a size letter, so that a changing figure keeps its width: 1.23M, 12.3M, 123M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  // 999,950 reads as 1.00M, not 1000k: the step is chosen after rounding.
  const step = steps.find(([from]) => size >= from * 0.9995);
  if (step === undefined) return fixed(value, size >= 99.95 || size === 0 ? 0 : 2);

  const scaled = value / step[0];
  return fixed(scaled, digitsFor(Math.abs(scaled))) + step[1];
}

const digitsFor = (scaled: number): number => (scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2);

/** As `compact`, without idle zeros: for the ticks of an axis. */
export const tick = (value: number): string => compact(value).replace(/(\.\d*?)0+(?=[a-zA-Z]?$)/, '$1').replace(/\.(?=[a-zA-Z]?$)/, '');

/** Money in the venue's numeraire: $1.23M. */
export function usd(value: number | null): string {
  if (value === null) return nothing;
  const shown = compact(Math.abs(value));
  return value < 0 && /[1-9]/.test(shown) ? `${minus}$${shown}` : `$${shown}`;
}

/** As `usd`, with + for a gain. */
export const usdSigned = (value: number | null): string => (value !== null && value > 0 ? `+${usd(value)}` : usd(value));

/** A fraction as a percentage: 0.0725 is 7.25 %. A no-break space keeps number and sign together. */
export function percent(fraction: number | null, digits = 1): string {
  if (fraction === null) return nothing;
  return fraction >= 99.995 ? `>9,999\u00a0%` : `${fixed(fraction * 100, digits)}\u00a0%`;
}

export const percentSigned = (fraction: number, digits = 1): string =>
  `${fraction > 0 ? '+' : ''}${percent(fraction, digits)}`;

/** A coverage as a percentage, rounded down: what is not wholly covered never reads as 100 %. */
export function covered(coverage: number, digits = 0): string {
  const unit = 10 ** (digits + 2);
  // The nudge keeps a coverage of 1.15, which no double holds exactly, from reading as 114 %.
  return percent(Math.floor(coverage * unit * (1 + 1e-12)) / unit, digits);
}

/** A price with about five significant digits, at least two decimals below 10,000. */
export function price(value: number | null): string {
  if (value === null) return nothing;
  const size = Math.abs(value);
  return fixed(value, size >= 10_000 ? 0 : size >= 100 ? 2 : size >= 1 ? 3 : size >= 0.01 ? 5 : 8);
}

/** An amount as the venue wrote it, digits grouped, nothing rounded. */
export function exact(amount: string): string {
  const match = /^([-+−]?)(\d+)(\.\d+)?$/.exec(amount.trim());
  if (match === null) return amount;

  const [, sign = '', whole = '', rest = ''] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (sign === '-' ? minus : sign) + grouped + rest;
}

/** The first and last digits of a hash. */
export const shortHash = (hash: string): string => (hash.length <= 14 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`);
