import type { Thresholds } from '../api/thresholds';
import { fixed, percentSigned, price, tick, usd, usdSigned } from '../format/numbers';
import type { Palette } from '../theme/palette';
import type { ChartOption } from './echarts';

/** What liquidations must trade at each price: contracts bought and sold to close, and coins sold beside them. */
export function flowOption(map: Thresholds, spot: number | null, colours: Palette): ChartOption {
  const points = [...map.points].sort((a, b) => a.price - b.price);
  const bars = (id: string, name: string, color: string, of: (i: number) => number) => ({
    id, name, type: 'bar' as const, stack: 'flow', color, emphasis: { disabled: true }, barCategoryGap: '20%',
    data: points.map((_, i) => of(i)),
  });

  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    legend: { top: 0, right: 8, itemWidth: 14, itemHeight: 8, textStyle: { color: colours.muted, fontSize: 11 } },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 }, formatter: tooltip(points, spot) },
    axisPointer: { type: 'shadow', label: { show: false } },
    grid: { left: 62, right: 14, top: 30, bottom: 26 },
    xAxis: {
      type: 'category', data: points.map((p) => tick(p.price)), axisLine: { onZero: true, lineStyle: { color: colours.line } }, axisTick: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: 'value', splitNumber: 4, name: 'USD traded', nameGap: 9, nameTextStyle: { color: colours.muted, fontSize: 11, align: 'left', padding: [0, 0, 0, -54] },
      axisLabel: { color: colours.muted, fontSize: 11, formatter: tick }, splitLine: { lineStyle: { color: colours.line, opacity: 0.7 } },
    },
    series: [
      bars('bought', 'Bought to close', colours.long, (i) => Math.max(0, points[i]?.flow ?? 0)),
      bars('sold', 'Sold to close', colours.short, (i) => Math.min(0, points[i]?.flow ?? 0)),
      bars('coins', 'Coins sold', colours['series-2'], (i) => -(points[i]?.collateralSold ?? 0)),
    ],
  };
}

function tooltip(points: Thresholds['points'], spot: number | null) {
  return (shown: unknown): string => {
    const first: unknown = Array.isArray(shown) ? shown[0] : shown;
    const point = points[(first as { dataIndex?: number } | undefined)?.dataIndex ?? -1];
    if (point === undefined) return '';
    const move = spot === null || spot === 0 ? '' : ` (${percentSigned(point.price / spot - 1)})`;
    const rows = [['Accounts', fixed(point.accounts, 0)], ['To close', usdSigned(point.flow)], ['Coins sold', usd(point.collateralSold)]];
    return `at ${price(point.price)}${move}<table class="tip">${rows.map(([k, v]) => `<tr><td>${k ?? ''}</td><td>${v ?? ''}</td></tr>`).join('')}</table>`;
  };
}
