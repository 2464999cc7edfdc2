import type { Order } from '../api/accounts';
import { exact, nothing } from '../format/numbers';
import { Figures } from './Figures';

/** Orders that reserve margin. */
export function OrdersTable({ orders }: { orders: readonly Order[] }) {
  return (
    <Figures
      title="Orders" rows={orders} empty="No order." keyOf={(o) => o.id}
      columns={[
        { title: 'Order', show: (o) => o.id, words: true },
        { title: 'Instrument', show: (o) => o.instrument, words: true },
        { title: 'Size', show: (o) => exact(o.size) },
        { title: 'Price', show: (o) => (o.price === null ? nothing : exact(o.price)) },
      ]}
    />
  );
}
