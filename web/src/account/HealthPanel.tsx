import type { AccountDetail, Mode } from '../api/accounts';
import { Panel } from '../Panel';
import { move, ratio } from '../accounts/columns';
import { fixed, nothing, usd } from '../format/numbers';
import { addressOf } from '../view/view';
import { AccountFinder } from './AccountFinder';
import { HealthGauge } from './HealthGauge';
import { scoreOf, standingOf, standingWords } from './gauge';

const modeWords: Readonly<Record<Mode, string>> = {
  portfolio: 'All positions are judged together: one may offset another',
  cross: 'Collateral is shared; no position offsets another',
  isolated: 'One instrument and one collateral asset; it can lose no more than lies in it',
};

/** Who this is, and where his collateral stands against the three lines. */
export function HealthPanel({ account, detail, problem }: { account: string; detail: AccountDetail | null; problem: string | null }) {
  return (
    <Panel
      id="health" title={account} problem={detail === null ? null : problem}
      note={detail !== null && <><span className="badge phase" data-phase={detail.phase}>{detail.phase}</span> {detail.kind}, <span title={modeWords[detail.mode]}>{detail.mode} margin</span>{detail.owner !== null && <>, sub-account of <a href={addressOf('account', null, detail.owner)}>{detail.owner}</a></>}</>}
      tools={<AccountFinder account={account} />}
    >
      {detail === null ? <p className="empty">Loading the account…</p> : <Standing of={detail} />}
    </Panel>
  );
}

function Standing({ of }: { of: AccountDetail }) {
  const { health, counted } = of;
  const level = { counted, initial: counted - health.initial, target: counted - health.target, maintenance: counted - health.maintenance };
  const standing = standingOf(level);
  const score = scoreOf(counted, level.maintenance);
  const figures: [string, string, string, boolean?][] = [
    ['Health score', score === null ? nothing : `${fixed(score, 0)} of 100`, 'The part of counted collateral that the maintenance line leaves free', score !== null && score <= 0],
    ['Margin ratio', ratio(of.marginRatio), 'Maintenance requirement over counted collateral; from 100 % it is liquidated', (of.marginRatio ?? 0) >= 1],
    ['Distance', move(of.distance), 'How far its largest underlying may move before liquidation', (of.distance ?? 1) <= 0],
    ['Equity', usd(of.equity), 'All it owns less all it owes, at market prices', of.equity < 0],
    ['Notional', usd(of.notional), 'The size of its positions'],
    ['Leverage', of.equity > 0 ? `${fixed(of.notional / of.equity, 2)}×` : nothing, 'Notional over equity'],
    ['Initial health', usd(health.initial), 'Counted collateral less the initial requirement: what may still be opened or withdrawn against', health.initial < 0],
    ['Target health', usd(health.target), 'Counted collateral less the target requirement: where a liquidation stops', health.target < 0],
    ['Maintenance health', usd(health.maintenance), 'Counted collateral less the maintenance requirement: below zero it is liquidated', health.maintenance < 0],
  ];

  return (
    <div className="health-body">
      <div>
        <HealthGauge level={level} label="Counted collateral against the three lines" />
        <p className="standing-words" data-standing={standing}>{counted === 0 && level.initial === 0 ? 'It holds nothing and owes nothing.' : standingWords[standing]}</p>
      </div>
      <dl className="health-figures">
        {figures.map(([name, value, hint, bad]) => <div key={name} title={hint}><dt>{name}</dt><dd className="num" data-bad={bad === true}>{value}</dd></div>)}
      </dl>
    </div>
  );
}
