import type { Position } from '../api/accounts';
import { exact, fixed, nothing, price, usdSigned } from '../format/numbers';
import { Figures } from './Figures';

/** Open positions: + is long. */
export function PositionsTable({ positions }: { positions: readonly Position[] }) {
  return (
    <Figures
      title="Positions" rows={positions} empty="No open position." keyOf={(p) => p.instrument}
      columns={[
        { title: 'Instrument', show: (p) => p.instrument, words: true },
        { title: 'Size', show: (p) => exact(p.size) },
        { title: 'Entry', show: (p) => price(p.entry) },
        { title: 'Mark', show: (p) => price(p.mark) },
        { title: 'Unrealised', show: (p) => usdSigned(p.unrealised) },
        { title: 'Delta', show: (p) => (p.delta === null ? nothing : fixed(p.delta, 3)) },
      ]}
    />
  );
}
