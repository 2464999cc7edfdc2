import type { CapUse, PledgedAsset, Tier } from '../api/collateral';
import { fixed, tick } from '../format/numbers';

/** The tiers in words: the first haircut, and from which value which one follows. */
export function tiersInWords(tiers: readonly Tier[]): string {
  if (tiers.length === 0) return 'counts nothing';
  return tiers.map((t) => (t.from === 0 ? share(t.haircut) : `${share(t.haircut)} from $${tick(t.from)}`)).join(', ');
}

/** A haircut without idle zeros: 2.5 %, 5 %. */
export const share = (haircut: number): string => `${fixed(100 * haircut, 2).replace(/\.?0+$/, '')}\u00a0%`;

const kindWords: Readonly<Record<string, string>> = {
  wrapped: 'wrapped', bridged: 'bridged', 'liquid-staked': 'liquid-staked', 'pool-share': 'pool share', 'exchange-token': 'exchange token', stablecoin: 'stablecoin',
};

/** What an asset is, in a few words: its class or kind, what it is a claim on, who promises it. */
export const describe = (a: Pick<PledgedAsset, 'class' | 'kind' | 'follows' | 'issuer'>): string =>
  [kindWords[a.kind ?? ''] ?? a.class, a.follows === null ? null : `follows ${a.follows}`, a.issuer === null ? null : `by ${a.issuer}`].filter((w) => w !== null).join(', ');

/** Whose holding a cap bounds, in words. */
export function capInWords({ scope, of, subject }: Pick<CapUse, 'scope' | 'of' | 'subject'>): string {
  const whose = of ?? 'all customers';
  return scope === 'issuer' || scope === 'issuer-venue' ? `All that ${subject} issues, of ${whose}` : scope === 'owner' ? `${subject} of ${whose} and sub-accounts` : `${subject} of ${whose}`;
}

/** Assets by what customers have of them, the most first; what nobody has keeps the order of listing. */
export const byValue = (assets: readonly PledgedAsset[]): PledgedAsset[] => [...assets].sort((a, b) => b.value - a.value);
