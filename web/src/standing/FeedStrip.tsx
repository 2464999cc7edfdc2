import type { Feed, FeedState } from '../api/venue';
import { percent, price } from '../format/numbers';
import { age } from '../format/time';
import { useDesk } from '../live/store';

const signs: Record<FeedState, string> = { live: '●', degraded: '◐', stale: '○' };

/** Each asset's price and what may be believed of it. */
export function FeedStrip() {
  const feeds = useDesk((s) => s.venue?.feeds);
  if (feeds === undefined) return null;
  if (feeds.length === 0) return <p className="empty">No price feed is configured.</p>;

  return <ul className="feeds" aria-label="Price feeds">{feeds.map((feed) => <FeedCard key={feed.asset} feed={feed} />)}</ul>;
}

function FeedCard({ feed }: { feed: Feed }) {
  return (
    <li data-state={feed.state} title={`${feed.source}, ${feed.state}`}>
      <span className="feed-name"><b>{feed.asset}</b><em>{signs[feed.state]} {feed.state}</em></span>
      <strong className="num">{price(feed.price)}</strong>
      <span className="feed-trust num">{age(feed.ageSeconds)} old · conf. {percent(feed.confidence, 2)}</span>
    </li>
  );
}
