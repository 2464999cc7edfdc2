import { useMemo } from 'react';
import { useValue } from '../live/value';
import { theme } from './theme';

const names = ['ink', 'muted', 'line', 'panel', 'sea', 'ok', 'warn', 'bad', 'long', 'short', 'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'] as const;
export type Colour = (typeof names)[number];
export type Palette = Readonly<Record<Colour, string>>;

/** The style sheet's colours as the charts need them: the sheet stays their only home. */
export function usePalette(): Palette {
  const current = useValue(theme);
  return useMemo(() => readPalette(current), [current]);
}

function readPalette(_theme: string): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Record<Colour, string>;
}
