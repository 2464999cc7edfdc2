import type { ReactNode } from 'react';

interface Props { id: string; title: string; note?: ReactNode; tools?: ReactNode; problem?: string | null; children: ReactNode }

/** A titled part of the desk; its problem, if any, is told above what is still known. */
export function Panel({ id, title, note, tools, problem, children }: Props) {
  return (
    <section className={`panel panel-${id}`} id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <header className="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note !== undefined && <span className="note">{note}</span>}
        {tools !== undefined && <div className="tools">{tools}</div>}
      </header>
      {problem !== null && problem !== undefined && <p className="problem">{problem}</p>}
      {children}
    </section>
  );
}
