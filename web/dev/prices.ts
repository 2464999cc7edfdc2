/** Invented paths with the shape of a crash: [hours from the start, price as a share of the first]. */
const shape: readonly [number, number][] = [
  [0, 1], [14, 0.975], [22, 1.005], [27, 0.96], [33, 0.94], [34.2, 0.74], [36, 0.77], [44, 0.765], [46.5, 0.7],
  [47.5, 0.6], [49.5, 0.48], [50.2, 0.62], [52, 0.66], [56, 0.7], [60, 0.69],
];

export const lengthHours = 60;
export const assets = ['BTC', 'ETH', 'LINK', 'USDC', 'STETH'] as const;
export type MockAsset = (typeof assets)[number];

const first: Record<MockAsset, number> = { BTC: 8_000, ETH: 202, LINK: 4.1, USDC: 1, STETH: 201 };
/** How much harder than the shape each asset falls. */
const beta: Record<MockAsset, number> = { BTC: 1, ETH: 1.13, LINK: 1.2, USDC: 0.01, STETH: 1.2 };

export function priceAt(asset: MockAsset, hours: number): number {
  const fall = beta[asset] * (1 - shapeAt(hours));
  const wobble = asset === 'USDC' ? 0.0004 : 0.004 + 0.02 * Math.max(0, 1 - shapeAt(hours));
  return first[asset] * Math.max(0.02, 1 - fall) * (1 + wobble * ripple(hours, asset.charCodeAt(0)));
}

function shapeAt(hours: number): number {
  const next = shape.findIndex(([at]) => at >= hours);
  const [h1, v1] = shape[Math.max(1, next === -1 ? shape.length - 1 : next)] ?? [1, 1];
  const [h0, v0] = shape[Math.max(1, next === -1 ? shape.length - 1 : next) - 1] ?? [0, 1];
  const part = Math.max(0, Math.min(1, (hours - h0) / (h1 - h0)));
  return v0 + (v1 - v0) * part;
}

const ripple = (hours: number, phase: number): number =>
  0.5 * Math.sin(hours * 2.3 + phase) + 0.3 * Math.sin(hours * 7.1 + phase * 2) + 0.2 * Math.sin(hours * 31 + phase * 3);
