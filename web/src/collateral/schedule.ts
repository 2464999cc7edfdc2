import type { PledgedAsset, Tier } from '../api/collateral';
import { fixed, tick } from '../format/numbers';

/** The tiers in words: the first haircut, and from which value which one follows. */
export function tiersInWords(tiers: readonly Tier[]): string {
  if (tiers.length === 0) return 'counts nothing';
  return tiers.map((t) => (t.from === 0 ? share(t.haircut) : `${share(t.haircut)} from $${tick(t.from)}`)).join(', ');
}

/** A haircut without idle zeros: 2.5 %, 5 %. */
export const share = (haircut: number): string => `${fixed(100 * haircut, 2).replace(/\.?0+$/, '')}\u00a0%`;

/** Whether an asset counts, and in a sentence why. */
export function verdictOf(asset: PledgedAsset): { counts: boolean; why: string } {
  if (asset.tiers.length === 0) return { counts: false, why: 'The rulebook does not name it.' };
  if (asset.tiers.every((t) => t.haircut >= 1)) return { counts: false, why: 'Its haircut is whole.' };
  if (asset.price === null) return { counts: false, why: 'It has no price yet.' };
  return { counts: true, why: asset.cap === null ? 'No cap per account.' : `At most $${tick(asset.cap)} per account.` };
}

/** Assets by what customers have of them, the most first; what nobody has keeps the order of listing. */
export const byValue = (assets: readonly PledgedAsset[]): PledgedAsset[] => [...assets].sort((a, b) => b.value - a.value);
