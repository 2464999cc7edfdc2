import type { LiquidationPrice } from '../api/margin';
import { price } from '../format/numbers';
import { Figures } from './Figures';

const words = { none: 'none: no price of it liquidates', already: 'already under the threshold' } as const;

/** At which price of each underlying, all else unmoved, the account is liquidated. */
export function LiquidationPrices({ prices }: { prices: readonly LiquidationPrice[] }) {
  return (
    <Figures
      title="Liquidation prices" rows={prices} empty="No underlying it depends on." keyOf={(p) => p.underlying}
      columns={[
        { title: 'Underlying', show: (p) => p.underlying, words: true },
        { title: 'Price', show: (p) => (p.state === 'price' ? price(p.price) : words[p.state]) },
      ]}
    />
  );
}
