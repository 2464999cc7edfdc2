/** How a coverage is painted: under water, close to it, or clear of it. The figure itself is always written beside. */
export type Shade = 'under' | 'thin' | 'fair' | 'clear';

export function shadeOf(coverage: number): Shade {
  if (coverage < 1) return 'under';
  if (coverage < 1.05) return 'thin';
  return coverage < 1.25 ? 'fair' : 'clear';
}
