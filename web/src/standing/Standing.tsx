import { FeedStrip } from './FeedStrip';
import { FundGauge } from './FundGauge';
import { Headline } from './Headline';
import { Tiles } from './Tiles';

/** The first row of the desk: would the venue stand, and on what is that judged. */
export function Standing() {
  return (
    <section className="panel standing" id="standing" aria-label="The venue’s standing" tabIndex={-1}>
      <Headline />
      <FundGauge />
      <Tiles />
      <FeedStrip />
    </section>
  );
}
