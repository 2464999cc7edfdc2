import { FeedStrip } from './FeedStrip';
import { FundGauge } from './FundGauge';
import { Headline } from './Headline';
import { Tiles } from './Tiles';

/** The first row of the desk: would the venue stand, and on what is that judged. */
export function Standing() {
  return (
    <section className="panel standing" id="standing" aria-labelledby="standing-title" tabIndex={-1}>
      <h2 className="unseen" id="standing-title">The venue’s standing</h2>
      <Headline />
      <FundGauge />
      <Tiles />
      <FeedStrip />
    </section>
  );
}
