import { useState } from 'react';
import { Choice } from '../Choice';
import { Panel } from '../Panel';
import { getEfficiency } from '../api/client';
import type { Offsets } from '../api/margin';
import { usePoll } from '../live/usePoll';
import { EfficiencyFigures } from './EfficiencyFigures';
import { OffsetFigures } from './OffsetFigures';

const again = 3_000;
const pictures = [{ value: 'efficiency', text: 'Efficiency' }, { value: 'offsets', text: 'Correlations' }] as const;

interface Props { account: string; offsets: Offsets | null; required: number | null; problem: string | null }

/** How well the account uses its collateral, and how much of its safety rests on prices moving together. */
export function EconomyPanel({ account, offsets, required, problem }: Props) {
  const [picture, setPicture] = useState<'efficiency' | 'offsets'>('efficiency');
  const efficiency = usePoll(picture === 'efficiency' ? account : null, again, getEfficiency);

  return (
    <Panel
      id="economy" title={picture === 'efficiency' ? 'What can be freed' : 'What rests on correlations'} problem={picture === 'efficiency' ? efficiency.problem : problem}
      tools={<Choice label="Picture" options={pictures} value={picture} onChange={setPicture} />}
    >
      {picture === 'efficiency'
        ? <EfficiencyFigures of={efficiency.data} waiting={efficiency.problem === null} />
        : <OffsetFigures offsets={offsets} required={required} waiting={problem === null} />}
    </Panel>
  );
}
