import type { AccountDetail } from '../api/accounts';
import { move, ratio } from '../accounts/columns';
import { usd } from '../format/numbers';

/** Where the account stands against the three thresholds. */
export function AccountSummary({ account }: { account: AccountDetail }) {
  const { health } = account;
  const figures: [string, string, boolean?][] = [
    ['Equity', usd(account.equity)],
    ['Counted', usd(account.counted)],
    ['Notional', usd(account.notional)],
    ['Margin ratio', ratio(account.marginRatio), (account.marginRatio ?? 0) >= 1],
    ['Distance', move(account.distance), (account.distance ?? 1) <= 0],
    ['Initial health', usd(health.initial), health.initial < 0],
    ['Target health', usd(health.target), health.target < 0],
    ['Maintenance health', usd(health.maintenance), health.maintenance < 0],
  ];

  return (
    <>
      <p className="drawer-kind"><span className="badge phase" data-phase={account.phase}>{account.phase}</span> {account.kind}</p>
      <dl className="summary">
        {figures.map(([name, value, bad]) => <div key={name}><dt>{name}</dt><dd className="num" data-bad={bad}>{value}</dd></div>)}
      </dl>
    </>
  );
}
