import type { AccountDetail } from '../api/accounts';
import { type MarginExplained, type MarginLine, type RequirementPart, requirementParts } from '../api/margin';

/** One bar of the waterfall: from where it starts to where it ends, in USD. A total stands on zero. */
export interface Fall { name: string; total: boolean; from: number; to: number; means: string }

const mostHaircuts = 6;

/** What each part of a requirement is for. */
export const partWords: Readonly<Record<RequirementPart, readonly [string, string]>> = {
  scenarios: ['Worst scenario', 'The line’s part of the loss in the binding scenario'],
  basis: ['Basis', 'The line’s part of the loss when forwards drift from their index'],
  skew: ['Skew', 'The line’s part of the loss when smiles tilt or curl'],
  depeg: ['Depeg', 'The line’s part of the loss when pegs break'],
  floor: ['Floor on size', 'The least that size alone asks, where it is more than the loss'],
  'naked-short': ['Naked shorts', 'Options sold and not bought back'],
  'close-out': ['Close-out cost', 'What closing its positions would cost'],
  confidence: ['Unsure prices', 'What prices that are not sure ask; initial only'],
  concentration: ['Concentration', 'What outsize positions ask; initial only'],
  debts: ['Debts', 'Loans beyond the part of its value that their collateral carries'],
  crowding: ['Crowding', 'What the venue as a whole holds too much of; initial only'],
};

/** A part nobody has words for yet keeps its name: the sum must stay whole. */
function wordsOf(part: string): readonly [string, string] {
  const known = requirementParts.find((p) => p === part);
  return known === undefined ? [part.charAt(0).toUpperCase() + part.slice(1).replaceAll('-', ' '), 'Required as well'] : partWords[known];
}

type Explained = Pick<MarginExplained, 'collateral' | 'parts' | 'requirement'>;

/** From equity over haircuts to what counts, and from there over what one line requires to the health at it. Every bar starts where the last one ended. */
export function waterfall(equity: number, margin: Explained, line: MarginLine): Fall[] {
  const falls: Fall[] = [];
  let at = 0;
  const total = (name: string, value: number, means: string): void => {
    falls.push({ name, total: true, from: 0, to: value, means });
    at = value;
  };
  const step = (name: string, change: number, means: string): void => {
    falls.push({ name, total: false, from: at, to: at + change, means });
    at += change;
  };

  const counted = margin.collateral.reduce((sum, c) => sum + c.counted, 0);
  total('Equity', equity, 'All it owns less all it owes, at market prices');
  const refused = margin.collateral.map((c) => ({ asset: c.asset, lost: c.value - c.counted })).filter((c) => Math.abs(c.lost) > 0.005).sort((a, b) => b.lost - a.lost);
  for (const { asset, lost } of refused.slice(0, mostHaircuts)) step(`Haircut on ${asset}`, -lost, 'The part of its value the venue refuses to count');
  const rest = refused.slice(mostHaircuts).reduce((sum, c) => sum + c.lost, 0);
  if (rest !== 0) step(`Haircuts on ${refused.length - mostHaircuts} more`, -rest, 'The part of their value the venue refuses to count');
  total('Counted', counted, 'What counts as collateral');

  const others = margin.parts.map((p) => p.part).filter((part) => !requirementParts.some((known) => known === part));
  for (const part of [...requirementParts, ...new Set(others)]) {
    const required = partOf(margin, part, line);
    const [name, means] = wordsOf(part);
    if (Math.abs(required) > 0.005) step(name, -required, means);
  }
  total('Health', counted - margin.requirement[line], `Counted collateral less the ${line} requirement`);
  return falls;
}

/** What one part asks at a line, all positions and coins together. */
export const partOf = (margin: Pick<MarginExplained, 'parts'>, part: string, line: MarginLine): number =>
  margin.parts.reduce((sum, p) => (p.part === part ? sum + p.required[line] : sum), 0);

/** What one position, or one asset and what follows it, asks at a line, all parts together. */
export const requiredBy = (margin: Pick<MarginExplained, 'parts'>, of: { instrument: string } | { asset: string }, line: MarginLine): number =>
  margin.parts.reduce((sum, p) => (('instrument' in of ? p.instrument === of.instrument : p.asset === of.asset) ? sum + p.required[line] : sum), 0);

/** The ends of the scale that holds every bar; zero is always on it. */
export function boundsOf(falls: readonly Fall[]): { low: number; high: number } {
  const all = falls.flatMap((f) => [f.from, f.to]);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  return low === high ? { low: 0, high: 1 } : { low, high };
}

/** Figures of both answers belong to different moments: the equity of the explanation itself is the sum of what it explains. */
export const equityOf = (margin: Pick<MarginExplained, 'collateral'>, detail: Pick<AccountDetail, 'equity'> | null): number =>
  margin.collateral.length > 0 ? margin.collateral.reduce((sum, c) => sum + c.value, 0) : detail?.equity ?? 0;
