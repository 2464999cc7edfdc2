import { useMemo, useRef, useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { getSurface } from '../api/client';
import type { Surface } from '../api/surface';
import { Chart } from '../charts/Chart';
import { fixed } from '../format/numbers';
import { clockOf } from '../format/time';
import { usePoll } from '../live/usePoll';
import { usePalette } from '../theme/palette';
import { SmileTable } from './SmileTable';
import { VolMap } from './VolMap';
import { smileOption } from './smileOption';

const again = 2_000;
const pictures = [{ value: 'smiles', text: 'Smiles' }, { value: 'map', text: 'Strike × expiry' }] as const;

/** The volatility surface the options are held against: a smile for each expiry, with its quotes and how far to trust it. */
export function SurfacePanel() {
  const [chosen, setChosen] = useState('');
  const [picture, setPicture] = useState<'smiles' | 'map'>('smiles');
  const asked = usePoll(chosen === '' ? 'any' : `surface ${chosen}`, again, askFor);
  // While another surface is on its way the last one stays, so that nothing jumps and the focus is not lost.
  const last = useRef<Surface | null>(null);
  last.current = asked.data ?? last.current;
  const { problem } = asked;
  const data = last.current;
  const names = data?.surfaces ?? [];

  return (
    <Panel
      id="surface" title="Volatility surface" problem={problem}
      tools={(
        <>
          {names.length > 1 && <Choice label="Surface" options={names.map((n) => ({ value: n, text: n }))} value={chosen === '' ? data?.surface ?? '' : chosen} onChange={setChosen} />}
          <Choice label="Picture" options={pictures} value={picture} onChange={setPicture} />
        </>
      )}
    >
      {data === null
        ? <p className="empty">{problem === null ? 'Waiting for the surface.' : 'No surface is known yet.'}</p>
        : data.smiles.length === 0
          ? <p className="empty">{data.reason ?? 'No option is listed or quoted, so there is no surface.'}</p>
          : <Pictured surface={data} picture={picture} />}
    </Panel>
  );
}

const askFor = (key: string, signal: AbortSignal) => getSurface(key.startsWith('surface ') ? key.slice(8) : null, signal);

function Pictured({ surface, picture }: { surface: Surface; picture: 'smiles' | 'map' }) {
  const [only, setOnly] = useState<string | null>(null);
  const colours = usePalette();
  const shown = useMemo(() => {
    const alone = surface.smiles.filter((s) => s.name === only);
    return alone.length > 0 ? alone : surface.smiles;
  }, [surface, only]);
  const option = useMemo(() => smileOption(surface, shown, colours), [surface, shown, colours]);
  const left = surface.rejected.reduce((sum, r) => sum + r.count, 0);

  return (
    <>
      {picture === 'smiles'
        ? <Chart option={option} label={`Smiles of ${surface.surface ?? ''}: fitted curves, quotes and their bands, by strike`} />
        : <VolMap surface={surface} />}
      <SmileTable surface={surface} only={only} onOnly={setOnly} />
      <p className="surface-notes note">
        <b data-free={surface.arbitrageFree}>{verdictOf(surface)}</b>, fitted to {surface.sourceText}{surface.at !== null && ` at ${clockOf(surface.at)} UTC`}.{' '}
        {left > 0 && `Left out: ${surface.rejected.map((r) => `${fixed(r.count, 0)} ${r.reason}`).join(', ')}. `}
        {surface.notes.map((n) => `${n.expiry}: ${n.text}.`).join(' ')}
      </p>
    </>
  );
}

const verdictOf = (s: Surface): string => (s.arbitrageFree === null ? 'Not checked' : s.arbitrageFree ? 'No arbitrage on its grids' : 'Arbitrage found');
