import type { Verdict } from '../api/venue';
import { covered } from '../format/numbers';

const centre = 100;
/** Pixels of draught for one whole of coverage. */
const scale = 260;
const reach = 88;
const ticks = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3];

/** Where the water stands, in the drawing: on the line when coverage is exactly one, above it when claims weigh more. */
export const waterAt = (coverage: number): number => centre + Math.max(-reach, Math.min(reach, (coverage - 1) * scale));

/** The mark on the ship's side. The less of the claims is covered, the deeper she lies. */
export function LoadLineMark({ coverage, verdict }: { coverage: number; verdict: Verdict }) {
  const label = `Load line: worst coverage ${covered(coverage, 1)}; the water is ${coverage >= 1 ? 'below' : 'above'} the line; ${verdict}.`;

  return (
    <svg className="mark" viewBox="0 0 240 200" role="img" aria-label={label} data-verdict={verdict}>
      <defs><clipPath id="hull"><rect x="0" y="0" width="240" height="200" rx="8" /></clipPath></defs>
      <g clipPath="url(#hull)">
        <rect className="hull" width="240" height="200" />
        <g className="plates"><path d="M0 40h240M0 100h240M0 160h240M60 0v40M160 40v60M60 100v60M160 160v40" /></g>
        <g className="disc"><circle cx="92" cy={centre} r="46" /><path d={`M16 ${centre}h152`} /></g>
        <text className="letter" x="34" y="88">P</text><text className="letter" x="150" y="88">L</text>
        <g className="water" style={{ transform: `translateY(${waterAt(coverage)}px)` }}>
          <path className="wave" d="M-60 3 q15 -6 30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 t30 0 V300 H-60z" />
        </g>
        <g className="ladder">
          <path d="M196 8v184" />
          {ticks.map((tick) => (
            <g key={tick} data-line={tick === 1}>
              <path d={`M${tick === 1 ? 186 : 191} ${waterAt(tick)}h${tick === 1 ? 15 : 8}`} />
              <text x="204" y={waterAt(tick) + 4}>{Math.round(tick * 100)}</text>
            </g>
          ))}
        </g>
      </g>
    </svg>
  );
}
