import type { EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { type ChartOption, init } from './echarts';

/** A canvas that keeps its size from its box and takes each new option into the picture already there. */
export function Chart({ option, label }: { option: ChartOption; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'canvas' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(box.current);

    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: false, lazyUpdate: true, replaceMerge: ['series'] });
  }, [option]);

  return <div className="chart" ref={box} role="img" aria-label={label} />;
}
