import type { CSSProperties, ReactNode } from 'react';
import { heatOf, warmth } from './heat';

export interface HeatLine { key: string; head: ReactNode; cells: readonly (number | null)[]; total?: boolean }

interface Props {
  /** What a listener hears the table called. */
  label: string;
  corner: string;
  columns: readonly string[];
  lines: readonly HeatLine[];
  /** The figure at which the colour is full. */
  end: number;
  show: (value: number, line: HeatLine, column: number) => ReactNode;
  hint?: (value: number, line: HeatLine, column: number) => string;
  /** Columns from here on are sums and keep the plain ground. */
  totalFrom?: number;
  /** A cell that is marked: where the market stands now. */
  marked?: (line: HeatLine, column: number) => boolean;
}

/** A table whose cells are coloured around zero; every cell also says its figure. */
export function HeatTable({ label, corner, columns, lines, end, show, hint, totalFrom = columns.length, marked }: Props) {
  return (
    <div className="scroll-x heat-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((name, i) => <th key={name} scope="col" className="right" data-total={i >= totalFrom}>{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} data-total={line.total === true}>
              <th scope="row">{line.head}</th>
              {columns.map((name, i) => {
                const value = line.cells[i] ?? null;
                const plain = line.total === true || i >= totalFrom;
                const heat = plain ? 0 : heatOf(value, end);
                return (
                  <td
                    key={name} className="num right" data-side={heat > 0 ? 'plus' : heat < 0 ? 'minus' : 'none'} data-total={plain}
                    data-marked={marked?.(line, i) === true} style={warmth(heat) as CSSProperties}
                    title={value === null ? undefined : hint?.(value, line, i)}
                  >
                    {value === null ? <span className="void">·</span> : show(value, line, i)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the colours mean. */
export function HeatScale({ end, show }: { end: number; show: (value: number) => string }) {
  if (end === 0) return null;
  return (
    <span className="heat-scale" aria-hidden="true">
      <span className="num">{show(-end)}</span><i /><span className="num">{show(end)}</span>
    </span>
  );
}
