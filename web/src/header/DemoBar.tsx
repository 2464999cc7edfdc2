import { useState } from 'react';
import { inWords, setDemoSpeed } from '../api/client';
import { fixed, percent } from '../format/numbers';
import { useDesk } from '../live/store';

const offered = [1, 10, 60, 300, 600, 1_800, 3_600];

/** Shown while the venue plays a demo: what it plays, how fast, how far; and that it is invented, where it is. */
export function DemoBar() {
  const demo = useDesk((s) => s.venue?.demo ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  if (demo === null) return null;

  const choose = (speed: number): void => {
    setProblem(null);
    setDemoSpeed(speed).catch((error: unknown) => setProblem(inWords(error)));
  };
  const speeds = [...new Set([...offered, demo.speed])].sort((a, b) => a - b);

  return (
    <aside className="demobar" aria-label="Demo">
      <strong>Demo</strong>
      {demo.synthetic && <span className="badge synthetic" title="Accounts and flows are invented">Synthetic</span>}
      <span className="demo-label">{demo.label}</span>
      {problem !== null && <span className="problem">{problem}</span>}
      <progress max={1} value={demo.progress} aria-label="Progress of the demo" />
      <span className="num">{demo.running ? percent(demo.progress, 0) : 'ended'}</span>
      <label>
        Speed{' '}
        <select value={demo.speed} disabled={demo.progress >= 1} onChange={(e) => choose(Number(e.target.value))}>
          {speeds.map((speed) => <option key={speed} value={speed}>{fixed(speed, Number.isInteger(speed) ? 0 : 1)}×</option>)}
        </select>
      </label>
    </aside>
  );
}
