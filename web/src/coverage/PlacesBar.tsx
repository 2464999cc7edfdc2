import { compact, percent } from '../format/numbers';

interface Place { place: string; amount: number }

/** Where an asset lies: what is in the hot wallet pays now, what is staked or lent pays later. */
export function PlacesBar({ places, asset }: { places: readonly Place[]; asset: string }) {
  const held = places.filter((p) => p.amount > 0);
  const total = held.reduce((sum, p) => sum + p.amount, 0);
  const words = held.map((p) => `${p.place} ${compact(p.amount)} ${asset} (${percent(p.amount / total, 0)})`).join(', ');

  return (
    <span className="places" role="img" aria-label={words === '' ? 'nothing held' : words} title={words}>
      {held.map((p) => <i key={p.place} data-place={p.place.toLowerCase()} style={{ flexGrow: p.amount / total }} />)}
    </span>
  );
}
