import type { WhatIfAnswer, WhatIfSide } from '../api/whatIf';
import { ratio } from '../accounts/columns';
import { fixed, nothing, usd, usdSigned } from '../format/numbers';
import { HealthGauge } from './HealthGauge';
import { scoreOf } from './gauge';
import { shortWordsOf } from './priceAxis';
import { levelOf } from './whatIfModel';

const rows: readonly { name: string; of: (s: WhatIfSide) => number }[] = [
  { name: 'Equity', of: (s) => s.equity },
  { name: 'Counted', of: (s) => s.counted },
  { name: 'Notional', of: (s) => s.notional },
  { name: 'Maintenance', of: (s) => s.requirement.maintenance },
  { name: 'Initial', of: (s) => s.requirement.initial },
  { name: 'Maintenance health', of: (s) => s.health.maintenance },
  { name: 'Target health', of: (s) => s.health.target },
  { name: 'Initial health', of: (s) => s.health.initial },
];

/** The account as it stands beside the account as it would stand. */
export function WhatIfTable({ answer: { before, after } }: { answer: WhatIfAnswer }) {
  const underlyings = [...new Set([...before.thresholds, ...after.thresholds].map((t) => t.underlying))];

  return (
    <>
      <HealthGauge level={levelOf(after)} label="Counted collateral against the three lines, as it would stand" />
      <table className="proposal whatif-table" aria-label="Before and after">
        <thead><tr><th scope="col">USD</th><th scope="col">Now</th><th scope="col">Then</th><th scope="col">Change</th></tr></thead>
        <tbody>
          {rows.map(({ name, of }) => {
            const [now, then] = [of(before), of(after)];
            return (
              <tr key={name} data-under={name.endsWith('health') && then < 0}>
                <th scope="row">{name}</th><td className="num">{usd(now)}</td><td className="num"><b>{usd(then)}</b></td>
                <td className="num">{Math.abs(then - now) < 0.005 ? nothing : usdSigned(then - now)}</td>
              </tr>
            );
          })}
          <tr><th scope="row">Margin ratio</th><td className="num">{ratio(before.marginRatio)}</td><td className="num"><b>{ratio(after.marginRatio)}</b></td><td /></tr>
          <tr><th scope="row">Health score</th><td className="num">{score(before)}</td><td className="num"><b>{score(after)}</b></td><td /></tr>
          {underlyings.map((u) => (
            <tr key={u}><th scope="row">{u} liquidated</th><td className="num">{threshold(before, u)}</td><td className="num"><b>{threshold(after, u)}</b></td><td /></tr>
          ))}
          <tr><th scope="row">Binding scenario</th><td data-words="false">{before.binding ?? 'none'}</td><td><b>{after.binding ?? 'none'}</b></td><td /></tr>
        </tbody>
      </table>
    </>
  );
}

function score(side: WhatIfSide): string {
  const of = scoreOf(side.counted, side.requirement.maintenance);
  return of === null ? nothing : `${fixed(of, 0)} of 100`;
}

/** The prices at which an underlying liquidates the account, without how far they are. */
function threshold(side: WhatIfSide, underlying: string): string {
  const of = side.thresholds.find((t) => t.underlying === underlying)?.lines.find((l) => l.line === 'maintenance');
  return of === undefined ? nothing : shortWordsOf(of);
}
