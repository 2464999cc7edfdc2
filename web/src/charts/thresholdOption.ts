import type { Thresholds } from '../api/thresholds';
import { percentSigned, price, tick, usd } from '../format/numbers';
import type { Palette } from '../theme/palette';
import type { ChartOption } from './echarts';

/** Notional that liquidates by each price: longs to the left of the spot, shorts to its right. */
export function thresholdOption(map: Thresholds, spot: number | null, colours: Palette): ChartOption {
  const points = [...map.points].sort((a, b) => a.price - b.price);
  const side = (id: string, name: string, color: string, data: [number, number][]) => ({
    id, name, type: 'line' as const, step: 'end' as const, data, color, showSymbol: false,
    lineStyle: { width: 1.5 }, areaStyle: { opacity: 0.22 }, emphasis: { disabled: true },
  });
  const below = (p: { price: number }): boolean => spot === null || p.price <= spot;
  const above = (p: { price: number }): boolean => spot === null || p.price >= spot;

  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    legend: { top: 0, right: 8, itemWidth: 14, itemHeight: 3, icon: 'rect', textStyle: { color: colours.muted, fontSize: 11 } },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 }, formatter: tooltip(map, spot) },
    axisPointer: { lineStyle: { color: colours.muted }, label: { show: false } },
    grid: { left: 58, right: 14, top: 30, bottom: 26 },
    xAxis: {
      type: 'value', min: 'dataMin', max: 'dataMax',
      axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: tick },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.5 } },
    },
    yAxis: {
      type: 'value', min: 0, splitNumber: 4, name: 'USD notional', nameGap: 9,
      nameTextStyle: { color: colours.muted, fontSize: 11, align: 'left', padding: [0, 0, 0, -50] },
      axisLabel: { color: colours.muted, fontSize: 11, formatter: tick },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.7 } },
    },
    series: [
      { ...side('longs', 'Longs', colours.long, points.filter(below).map((p) => [p.price, p.longNotional])), ...spotLine(spot, colours) },
      side('shorts', 'Shorts', colours.short, points.filter(above).map((p) => [p.price, p.shortNotional])),
    ],
  };
}

const spotLine = (spot: number | null, colours: Palette) => ({
  markLine: {
    silent: true, symbol: 'none', animation: false,
    lineStyle: { color: colours.ink, type: 'dashed' as const, width: 1 },
    label: { formatter: `spot ${price(spot)}`, color: colours.ink, fontSize: 11, position: 'end' as const },
    data: spot === null ? [] : [{ xAxis: spot }],
  },
});

function tooltip(map: Thresholds, spot: number | null) {
  return (shown: unknown): string => {
    const first: unknown = Array.isArray(shown) ? shown[0] : shown;
    const at = (first as { axisValue?: number } | undefined)?.axisValue;
    const point = at === undefined ? undefined : map.points.find((p) => p.price === at);
    if (point === undefined) return '';

    const move = spot === null || spot === 0 ? '' : ` (${percentSigned(point.price / spot - 1)})`;
    return `at ${price(point.price)}${move}<table class="tip"><tr><td>Longs</td><td>${usd(point.longNotional)}</td></tr><tr><td>Shorts</td><td>${usd(point.shortNotional)}</td></tr></table>`;
  };
}
