import { covered } from '../format/numbers';
import { horizon, hours } from '../format/time';
import { useDesk } from '../live/store';
import { LoadLineMark } from './LoadLineMark';
import { horizonOf, worstOf } from './worst';

const words = { afloat: 'Afloat', awash: 'Awash', sunk: 'Sunk' } as const;

/** The venue's standing at a glance: how deep she lies, for which asset, at which hour, and for how long. */
export function Headline() {
  const venue = useDesk((s) => s.venue);
  if (venue === null) return null;

  const { headline } = venue;
  const worst = worstOf(venue);
  const seen = horizonOf(venue.coverage);
  const dry = venue.coverage.find((row) => row.survivalHours !== null && row.survivalHours === headline.survivalHours);
  const survival = headline.survivalHours === null
    ? (seen === null ? 'beyond the horizon' : `over ${hours(seen)}`)
    : `${hours(headline.survivalHours)}${dry === undefined ? '' : `, ${dry.asset}`}`;

  return (
    <div className="headline" data-verdict={headline.verdict}>
      <LoadLineMark coverage={headline.coverage} verdict={headline.verdict} />
      <div className="headline-words">
        <p className="verdict">{words[headline.verdict]}</p>
        <p className="worst"><strong className="num">{covered(headline.coverage, 1)}</strong><span>worst coverage</span></p>
        <dl>
          <div><dt>Asset</dt><dd>{headline.asset}{worst !== null && ` at ${horizon(worst.hours)}`}</dd></div>
          <div><dt>Survival</dt><dd>{survival}</dd></div>
        </dl>
        <p className="headline-text" title={headline.text}>{withoutVerdict(headline.text, headline.verdict)}</p>
      </div>
    </div>
  );
}

/** The line begins with the verdict, which already stands above it in large letters. */
function withoutVerdict(text: string, verdict: keyof typeof words): string {
  const said = `${words[verdict]}: `;
  return text.startsWith(said) ? text.charAt(said.length).toUpperCase() + text.slice(said.length + 1) : text;
}
