import type { HistoryPoint } from '../api/history';
import type { ChartOption } from '../charts/echarts';
import { fixed } from '../format/numbers';
import { clockOf, dateOf } from '../format/time';
import type { Palette } from '../theme/palette';

const dashes = ['solid', 'dashed', 'dotted'] as const;

/** The assets with a haircut anywhere in the past, by the last one known, the largest first. */
export function assetsWithHaircuts(points: readonly HistoryPoint[]): string[] {
  const last = new Map<string, number>();
  for (const p of points) for (const [asset, haircut] of Object.entries(p.haircuts)) last.set(asset, haircut);
  return [...last].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([asset]) => asset);
}

/** What was refused of the first coin of each asset, over time: a step where it changed. Lines differ in colour and dash. */
export function haircutOption(points: readonly HistoryPoint[], colours: Palette): ChartOption {
  const assets = assetsWithHaircuts(points);
  const lines = [colours['series-1'], colours['series-2'], colours['series-3'], colours['series-4'], colours['series-5'], colours['series-6']];

  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    legend: { type: 'plain', top: 0, left: 50, right: 8, itemWidth: 22, itemHeight: 8, itemGap: 9, itemStyle: { opacity: 0 }, textStyle: { color: colours.muted, fontSize: 11 }, inactiveColor: colours.line, data: assets },
    axisPointer: { lineStyle: { color: colours.muted }, label: { show: false } },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 }, formatter: tooltip(points, assets) },
    grid: { left: 50, right: 14, top: 48, bottom: 26 },
    xAxis: {
      type: 'time', axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.line, opacity: 0.5 } },
      axisLabel: { color: colours.muted, fontSize: 11, hideOverlap: true, formatter: (at: number) => (at % 86_400_000 === 0 ? dateOf(at).slice(0, 6) : clockOf(at).slice(0, 5)) },
    },
    yAxis: {
      type: 'value', min: 0, max: (data: { max: number }) => (data.max > 80 ? 100 : Math.max(5, Math.ceil((1.1 * data.max) / 5) * 5)), splitNumber: 4, axisLabel: { color: colours.muted, fontSize: 11, formatter: (v: number) => `${fixed(v, v % 1 === 0 ? 0 : 1)} %` },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.7 } },
    },
    series: assets.map((asset, i) => ({
      id: `haircut-${asset}`, name: asset, type: 'line' as const, step: 'end' as const, symbol: 'none', color: lines[i % lines.length] ?? colours.sea,
      lineStyle: { width: 1.8, type: dashes[i % dashes.length] ?? 'solid' }, emphasis: { disabled: true },
      data: points.flatMap((p) => (p.haircuts[asset] === undefined ? [] : [[p.time, 100 * p.haircuts[asset]]])),
    })),
  };
}

function tooltip(points: readonly HistoryPoint[], assets: readonly string[]) {
  return (shown: unknown): string => {
    const first: unknown = Array.isArray(shown) ? shown[0] : shown;
    const at = (first as { axisValue?: number } | undefined)?.axisValue;
    const point = at === undefined ? undefined : points.find((p) => p.time === at);
    if (point === undefined) return '';
    const rows = assets.flatMap((a) => (point.haircuts[a] === undefined ? [] : [`<tr><td>${escaped(a)}</td><td>${fixed(100 * point.haircuts[a], 2)} %</td></tr>`]));
    return `${dateOf(point.time)} ${clockOf(point.time)}<table class="tip">${rows.join('')}</table>`;
  };
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
