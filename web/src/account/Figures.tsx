import type { ReactNode } from 'react';

interface Props<T> {
  title: string;
  rows: readonly T[];
  empty: string;
  keyOf: (row: T) => string;
  columns: readonly { title: string; show: (row: T) => ReactNode; words?: boolean }[];
}

/** A small table of figures in the drawer. */
export function Figures<T>({ title, rows, empty, keyOf, columns }: Props<T>) {
  return (
    <section className="figures">
      <h3>{title}</h3>
      {rows.length === 0
        ? <p className="empty">{empty}</p>
        : (
          <table>
            <thead><tr>{columns.map((c) => <th key={c.title} scope="col" data-words={c.words}>{c.title}</th>)}</tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>{columns.map((c) => <td key={c.title} data-words={c.words}>{c.show(row)}</td>)}</tr>
              ))}
            </tbody>
          </table>
        )}
    </section>
  );
}
