import type { AccountDetail } from '../api/accounts';
import type { LineRequirement, MarginExplained } from '../api/margin';

/** One bar of the waterfall: from where it starts to where it ends, in USD. A total stands on zero. */
export interface Fall { name: string; total: boolean; from: number; to: number; means: string }

const mostHaircuts = 6;

/** From equity over haircuts to what counts, and from there over what one line requires to the health at it. Every bar starts where the last one ended. */
export function waterfall(equity: number, margin: Pick<MarginExplained, 'collateral'>, line: LineRequirement): Fall[] {
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

  const counted = line.health + line.requirement;
  total('Equity', equity, 'All it owns less all it owes, at market prices');
  const refused = margin.collateral.map((c) => ({ asset: c.asset, lost: c.value - c.counted })).filter((c) => Math.abs(c.lost) > 0.005).sort((a, b) => b.lost - a.lost);
  for (const { asset, lost } of refused.slice(0, mostHaircuts)) step(`Haircut on ${asset}`, -lost, 'The part of its value the venue refuses to count');
  const rest = refused.slice(mostHaircuts).reduce((sum, c) => sum + c.lost, 0);
  if (rest !== 0) step(`Haircuts on ${refused.length - mostHaircuts} more`, -rest, 'The part of their value the venue refuses to count');
  total('Counted', counted, 'What counts as collateral');

  step('Worst scenario', -line.scenario, 'The line’s part of the loss in the binding scenario');
  const floor = Math.max(0, line.floor - line.scenario);
  if (floor > 0) step('Floor above it', -floor, 'The floor on notional asks more than the scenario does');
  for (const { name, amount } of line.addOns) step(capital(name), -amount, 'Required on top of the worst loss');
  total('Health', line.health, `Counted collateral less the ${line.line} requirement`);
  return falls;
}

/** The ends of the scale that holds every bar; zero is always on it. */
export function boundsOf(falls: readonly Fall[]): { low: number; high: number } {
  const all = falls.flatMap((f) => [f.from, f.to]);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  return low === high ? { low: 0, high: 1 } : { low, high };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Figures of both answers belong to different moments: the equity of the explanation itself is the sum of what it explains. */
export const equityOf = (margin: Pick<MarginExplained, 'collateral'>, detail: Pick<AccountDetail, 'equity'> | null): number =>
  margin.collateral.length > 0 ? margin.collateral.reduce((sum, c) => sum + c.value, 0) : detail?.equity ?? 0;
