import { Panel } from '../Panel';
import type { Correlation } from '../api/collateral';
import { HeatTable } from '../exposure/HeatTable';
import { fixed } from '../format/numbers';

/** How underlyings moved together: near 1 a hedge between two of them holds, and collateral in one falls with the other. */
export function CorrelationPanel({ correlation, problem }: { correlation: Correlation | null; problem: string | null }) {
  const few = correlation !== null && correlation.matrix.every((row) => row.every((cell) => cell === null));

  return (
    <Panel id="correlation" title="Correlation" problem={problem} note={correlation === null ? undefined : `hourly returns, the last ${fixed(Math.max(correlation.known, 0), 0)} of at most ${fixed(correlation.hours, 0)}`}>
      {correlation === null || correlation.underlyings.length === 0
        ? <p className="empty">{correlation === null ? (problem === null ? 'Waiting for the correlations.' : 'No correlation is known yet.') : 'Nothing that moves is listed.'}</p>
        : (
          <>
            <HeatTable
              label="Correlation of hourly returns" corner="" columns={correlation.underlyings} end={1}
              lines={correlation.underlyings.map((u, i) => ({ key: u, head: u, cells: (correlation.matrix[i] ?? []) }))}
              show={(value) => fixed(value, 2)}
              hint={(value, line, column) => `${line.key} with ${correlation.underlyings[column] ?? ''}: ${fixed(value, 3)}`}
            />
            {few && <p className="note heat-words">A correlation needs {correlation.least} hours of prices; {fixed(correlation.known, 0)} {correlation.known === 1 ? 'is' : 'are'} known to all of them.</p>}
          </>
        )}
    </Panel>
  );
}
