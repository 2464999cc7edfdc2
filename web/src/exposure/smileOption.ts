import type { ChartOption } from '../charts/echarts';
import type { Smile, Surface } from '../api/surface';
import { fixed, percent, price, tick } from '../format/numbers';
import type { Palette } from '../theme/palette';

/** The colour of each expiry, nearest first. */
export const linesOf = (colours: Palette): string[] =>
  [colours['series-1'], colours['series-2'], colours['series-3'], colours['series-4'], colours['series-5'], colours['series-6']];

/** The smile of each expiry over the strikes: its curve, its quotes and the bands of their bids and asks. */
export function smileOption(surface: Surface, shown: readonly Smile[], colours: Palette): ChartOption {
  const lines = linesOf(colours);
  const near = nearOf(shown);
  const colour = (smile: Smile): string => lines[surface.smiles.indexOf(smile) % lines.length] ?? colours.sea;

  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    tooltip: {
      trigger: 'item', confine: true, transitionDuration: 0, backgroundColor: colours.panel, borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 }, formatter: tooltip(shown.map(near)),
    },
    grid: { left: 48, right: 16, top: 26, bottom: 26 },
    xAxis: {
      type: 'value', min: 'dataMin', max: 'dataMax',
      axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: tick },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.5 } },
    },
    yAxis: {
      type: 'value', scale: true, splitNumber: 4, name: 'Volatility %', nameGap: 9,
      nameTextStyle: { color: colours.muted, fontSize: 11, align: 'left', padding: [0, 0, 0, -40] },
      axisLabel: { color: colours.muted, fontSize: 11, formatter: (v: number) => fixed(v, 0) },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.7 } },
    },
    series: shown.map(near).flatMap((smile, i) => {
      const color = colour(shown[i] ?? smile);
      return [curve(smile, color, colours, i === 0), wings(smile, color), bands(smile, color), quotes(smile, color)];
    }),
  };
}

type Point = (number | null)[];

/** Of many smiles at once only the strikes around the forward are drawn, where they can be told apart; of a few, all. */
export function nearOf(shown: readonly Smile[]): (smile: Smile) => Smile {
  if (shown.length <= few) return (smile) => smile;
  return (smile) => {
    const near = (p: { strike: number }): boolean => p.strike >= 0.5 * smile.forward && p.strike <= 2 * smile.forward;
    return { ...smile, quotes: smile.quotes.filter(near), curve: smile.curve.filter(near) };
  };
}

const few = 3;

/** The curve where quotes hold it, with the forward as a rule. */
const curve = (smile: Smile, color: string, colours: Palette, named: boolean) => ({
  id: `curve-${smile.name}`, name: smile.name, type: 'line' as const, color, showSymbol: false, silent: true, z: 3,
  lineStyle: { width: 1.8 }, emphasis: { disabled: true },
  data: smile.curve.map((p): Point => [p.strike, p.quoted ? 100 * p.volatility : null]),
  markLine: {
    silent: true, symbol: 'none', animation: false, lineStyle: { color, type: 'dashed' as const, width: 1, opacity: 0.7 },
    label: { show: named, formatter: `F ${tick(smile.forward)}`, color: colours.muted, fontSize: 10, position: 'end' as const },
    data: [{ xAxis: smile.forward }],
  },
});

/** The curve beyond the strikes quoted. */
const wings = (smile: Smile, color: string) => ({
  id: `wings-${smile.name}`, name: smile.name, type: 'line' as const, color, showSymbol: false, silent: true, z: 2,
  lineStyle: { width: 1.2, type: 'dotted' as const }, emphasis: { disabled: true },
  data: smile.curve.map((p): Point => [p.strike, 100 * p.volatility]),
});

/** One stroke from bid to ask for each strike; gaps between them. */
const bands = (smile: Smile, color: string) => ({
  id: `bands-${smile.name}`, name: smile.name, type: 'line' as const, color, showSymbol: false, silent: true, z: 1, connectNulls: false,
  lineStyle: { width: 5, opacity: 0.3, cap: 'round' as const }, emphasis: { disabled: true },
  data: smile.quotes.flatMap((q): Point[] => [[q.strike, 100 * q.bid], [q.strike, 100 * q.ask], [q.strike, null]]),
});

const quotes = (smile: Smile, color: string) => ({
  id: `quotes-${smile.name}`, name: smile.name, type: 'line' as const, color, showSymbol: true, symbol: 'circle', symbolSize: 6, z: 4,
  lineStyle: { width: 0 }, emphasis: { scale: 1.5 },
  data: smile.quotes.map((q): Point => [q.strike, 100 * q.mid]),
});

function tooltip(shown: readonly Smile[]) {
  return (item: unknown): string => {
    const at = item as { seriesId?: string; dataIndex?: number };
    const smile = shown.find((s) => at.seriesId === `quotes-${s.name}`);
    const quote = smile?.quotes[at.dataIndex ?? -1];
    if (smile === undefined || quote === undefined) return '';

    const rows: [string, string][] = [
      ['ask', percent(quote.ask)], ['mid', percent(quote.mid)], ['bid', percent(quote.bid)], ['ln K/F', fixed(quote.k, 3)],
    ];
    return `${smile.name} at ${price(quote.strike)}<table class="tip">${rows.map(([k, v]) => `<tr><td>${k}</td><td>${v}</td></tr>`).join('')}</table>`;
  };
}
