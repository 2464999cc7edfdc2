import type { Balance } from '../api/accounts';
import { exact, usd } from '../format/numbers';
import { Figures } from './Figures';

/** What the venue owes the account and what the account owes the venue, to the last digit. */
export function BalancesTable({ balances }: { balances: readonly Balance[] }) {
  return (
    <Figures
      title="Balances" rows={balances} empty="No balance." keyOf={(b) => b.asset}
      columns={[
        { title: 'Asset', show: (b) => b.asset, words: true },
        { title: 'Balance', show: (b) => exact(b.amount) },
        { title: 'Loan', show: (b) => (b.loan === null || Number(b.loan) === 0 ? '–' : exact(b.loan)) },
        { title: 'Value', show: (b) => usd(b.value) },
      ]}
    />
  );
}
