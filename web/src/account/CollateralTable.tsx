import type { Collateral } from '../api/margin';
import { compact, percent, usd } from '../format/numbers';
import { Figures } from './Figures';

/** What each asset is worth, and how much of it the venue counts. */
export function CollateralTable({ collateral }: { collateral: readonly Collateral[] }) {
  return (
    <Figures
      title="Collateral" rows={collateral} empty="No collateral." keyOf={(c) => c.asset}
      columns={[
        { title: 'Asset', show: (c) => c.asset, words: true },
        { title: 'Net', show: (c) => compact(c.net) },
        { title: 'Value', show: (c) => usd(c.value) },
        { title: 'Haircut', show: (c) => percent(c.haircut, 2) },
        { title: 'Counted', show: (c) => usd(c.counted) },
      ]}
    />
  );
}
