import type { HistoryPoint } from '../api/history';
import { fixed, price, tick, usd } from '../format/numbers';
import { clockOf, dateOf } from '../format/time';
import type { Palette } from '../theme/palette';
import type { ChartOption } from './echarts';

/** `indexed` draws every asset from 100 at the start; else the name of one asset, drawn at its price. */
export type PriceView = string;
export const indexed = 'indexed';

interface Strip { top: string; height: string; name: string; format: (value: number) => string; scale: boolean; ticks: number; bounds?: Bounds }
/** An axis's ends, from the least and the most of its data. */
interface Bounds { min: (data: { min: number }) => number; max: (data: { max: number }) => number }

/** The load line at 100 is always in sight, and a coverage many times over does not flatten it. */
const aroundTheLine: Bounds = {
  min: (data) => Math.min(95, Math.floor(data.min / 5) * 5),
  max: (data) => Math.max(110, Math.min(200, Math.ceil(data.max / 5) * 5)),
};

/** Prices, worst coverage, fund and liquidations, one above the other over one time axis. */
export function timeOption(points: readonly HistoryPoint[], view: PriceView, colours: Palette): ChartOption {
  const strips: readonly Strip[] = [
    { top: '8%', height: '28.5%', name: view === indexed ? 'Start = 100' : `${view} USD`, format: tick, scale: true, ticks: 4 },
    { top: '43.5%', height: '14%', name: 'Worst coverage %', format: tick, scale: true, ticks: 2, bounds: aroundTheLine },
    { top: '64.5%', height: '11.5%', name: 'Fund USD', format: tick, scale: false, ticks: 2 },
    { top: '83%', height: '10.5%', name: 'Liquidated USD', format: tick, scale: false, ticks: 2 },
  ];

  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    legend: { top: 0, right: 8, itemWidth: 14, itemHeight: 3, textStyle: { color: colours.muted, fontSize: 11 }, inactiveColor: colours.line, data: assetsOf(points, view), icon: 'rect' },
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: colours.muted }, label: { show: false } },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 }, formatter: tooltip(points) },
    grid: strips.map((s) => ({ left: 58, right: 14, top: s.top, height: s.height })),
    xAxis: strips.map((_, i) => ({
      type: 'time' as const,
      gridIndex: i,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.line, opacity: 0.5 } },
      axisLabel: { show: i === strips.length - 1, color: colours.muted, fontSize: 11, hideOverlap: true, formatter: axisTime },
      axisPointer: { show: true },
    })),
    yAxis: strips.map((s, i) => ({
      type: 'value' as const,
      gridIndex: i,
      scale: s.scale,
      splitNumber: s.ticks,
      ...s.bounds,
      name: s.name,
      nameTextStyle: { color: colours.muted, fontSize: 11, align: 'left' as const, padding: [0, 0, -3, -50] },
      nameGap: 13,
      axisLabel: { color: colours.muted, fontSize: 11, formatter: s.format, showMinLabel: i <= 1, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.7 } },
    })),
    series: [...priceSeries(points, view, colours), coverageSeries(points, colours), fundSeries(points, colours), liquidationSeries(points, colours)],
  };
}

/** The assets drawn in this view, in a stated order. */
export function assetsOf(points: readonly HistoryPoint[], view: PriceView): string[] {
  const all = [...new Set(Object.keys(points[0]?.prices ?? {}).concat(Object.keys(points.at(-1)?.prices ?? {})))];
  return view === indexed ? all : all.filter((asset) => asset === view);
}

/** An asset's path as [time, value]; indexed paths start at 100 at their first price. */
export function pathOf(points: readonly HistoryPoint[], asset: string, view: PriceView): [number, number][] {
  const priced = points.flatMap((p): [number, number][] => {
    const value = p.prices[asset];
    return value === undefined ? [] : [[p.time, value]];
  });
  const first = priced[0]?.[1] ?? 0;
  return view === indexed && first > 0 ? priced.map(([time, value]) => [time, (100 * value) / first]) : priced;
}

function priceSeries(points: readonly HistoryPoint[], view: PriceView, colours: Palette) {
  const lines = [colours['series-1'], colours['series-2'], colours['series-3'], colours['series-4'], colours['series-5'], colours['series-6']];
  const all = assetsOf(points, indexed);
  return assetsOf(points, view).map((asset) => ({
    id: `price-${asset}`,
    name: asset,
    type: 'line' as const,
    data: pathOf(points, asset, view),
    showSymbol: false,
    sampling: 'lttb' as const,
    lineStyle: { width: 1.6 },
    color: lines[all.indexOf(asset) % lines.length] ?? colours.sea,
    emphasis: { disabled: true },
  }));
}

const coverageSeries = (points: readonly HistoryPoint[], colours: Palette) => ({
  id: 'coverage',
  name: 'Coverage',
  type: 'line' as const,
  xAxisIndex: 1,
  yAxisIndex: 1,
  data: points.flatMap((p) => (p.coverage === null ? [] : [[p.time, 100 * p.coverage]])),
  showSymbol: false,
  lineStyle: { width: 1.6 },
  color: colours.sea,
  emphasis: { disabled: true },
  // The load line itself: below it, claims weigh more than what can be had.
  markLine: {
    silent: true, symbol: 'none', animation: false, label: { show: false },
    lineStyle: { color: colours.bad, type: 'solid' as const, width: 1 }, data: [{ yAxis: 100 }],
  },
});

const fundSeries = (points: readonly HistoryPoint[], colours: Palette) => ({
  id: 'fund',
  name: 'Fund',
  type: 'line' as const,
  xAxisIndex: 2,
  yAxisIndex: 2,
  data: points.map((p) => [p.time, p.fund]),
  showSymbol: false,
  lineStyle: { width: 1.5 },
  areaStyle: { opacity: 0.15 },
  color: colours.ok,
  emphasis: { disabled: true },
});

const liquidationSeries = (points: readonly HistoryPoint[], colours: Palette) => ({
  id: 'liquidated',
  name: 'Liquidated',
  type: 'bar' as const,
  xAxisIndex: 3,
  yAxisIndex: 3,
  data: points.map((p) => [p.time, p.liquidated]),
  barMinWidth: 1,
  barMaxWidth: 8,
  color: colours.bad,
  emphasis: { disabled: true },
});

const axisTime = (at: number): string => (at % 86_400_000 === 0 ? dateOf(at).slice(0, 6) : clockOf(at).slice(0, 5));

function tooltip(points: readonly HistoryPoint[]) {
  return (shown: unknown): string => {
    const first: unknown = Array.isArray(shown) ? shown[0] : shown;
    const at = (first as { axisValue?: number } | undefined)?.axisValue;
    const point = at === undefined ? undefined : points.find((p) => p.time === at);
    if (point === undefined) return '';

    const rows: [string, string][] = [
      ...Object.entries(point.prices).map(([asset, value]): [string, string] => [asset, price(value)]),
      ['Fund', usd(point.fund)],
      ['Liquidated', usd(point.liquidated)],
      ...(point.coverage === null ? [] : [['Coverage', `${fixed(point.coverage * 100, 1)} %`] as [string, string]]),
    ];
    return `${dateOf(point.time)} ${clockOf(point.time)}<table class="tip">${rows.map(([k, v]) => `<tr><td>${escaped(k)}</td><td>${v}</td></tr>`).join('')}</table>`;
  };
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
