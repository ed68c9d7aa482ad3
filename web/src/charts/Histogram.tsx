// How often a trade made how much, with mean and median.

import type { Bin } from "@trading-journal/sdk";
import { useCallback, useMemo } from "react";
import uPlot from "uplot";
import { formatAmount, formatAxisAmount, formatCount, formatShare, toPixels } from "~/format";
import { bottomAxis, countAxis } from "./axes";
import { ChartFrame } from "./ChartFrame";
import { rowsOf } from "./DataTable";
import { lineMarks, type LineMark } from "./marks";
import type { Paint } from "./paint";
import { Plot, type PlotOptions } from "./Plot";

interface HistogramProps {
  bins: readonly Bin[];
  unit: string;
  mean?: string | null | undefined;
  median?: string | null | undefined;
  label?: string;
  height?: number;
}

export function Histogram({ bins, unit, mean, median, label = "Distribution of trades", height = 300 }: HistogramProps) {
  const data = useMemo<uPlot.AlignedData>(() => columnsOf(bins), [bins]);
  const options = useCallback((paint: Paint) => histogramOptions(paint, bins, unit, mean, median), [bins, unit, mean, median]);
  const total = useMemo(() => bins.reduce((sum, { count }) => sum + count, 0), [bins]);
  const read = useCallback(
    (index: number) => {
      const bin = bins[index];
      if (!bin) return undefined;
      const rows = [
        { label: "Trades", value: formatCount(bin.count, "trade") },
        { label: "Share", value: formatShare(total === 0 ? null : bin.count / total) },
      ];
      return { title: rangeOf(bin, unit), rows };
    },
    [bins, unit, total],
  );
  const table = {
    columns: ["From", "To (below)", "Trades"],
    ...rowsOf(bins, (bin) => [formatAmount(bin.from, unit), formatAmount(bin.to, unit), String(bin.count)]),
  };
  return (
    <ChartFrame label={label} table={table}>
      <Plot label={label} data={data} height={height} options={options} read={read} />
    </ChartFrame>
  );
}

function middle({ from, to }: Bin): number {
  return ((toPixels(from) ?? 0) + (toPixels(to) ?? 0)) / 2;
}

/** Losses and gains are series of their own, so that each has its colour. No bin holds both. */
function columnsOf(bins: readonly Bin[]): uPlot.AlignedData {
  const countWhere = (isLoss: boolean) => bins.map((bin) => (middle(bin) < 0 === isLoss ? bin.count : null));
  return [bins.map(middle), countWhere(true), countWhere(false)];
}

function rangeOf({ from, to }: Bin, unit: string): string {
  return `${formatAmount(from, unit)} to ${formatAmount(to, unit)}`;
}

type Mark = string | null | undefined;

function histogramOptions(paint: Paint, bins: readonly Bin[], unit: string, mean: Mark, median: Mark): PlotOptions {
  const first = toPixels(bins[0]?.from) ?? 0;
  const last = toPixels(bins.at(-1)?.to) ?? 1;
  const marks: LineMark[] = [
    { at: toPixels(mean), label: `Mean ${formatAmount(mean, unit)}`, color: paint.text },
    { at: toPixels(median), label: `Median ${formatAmount(median, unit)}`, color: paint.muted },
  ].flatMap(({ at, ...mark }) => (at === null ? [] : [{ at, ...mark }]));
  const bars = uPlot.paths.bars?.({ size: [0.92, Infinity], radius: bins.length > 8 ? 0.12 : 0 });
  const series = (fill: string): uPlot.Series => ({
    stroke: fill,
    width: 0,
    fill,
    points: { show: false },
    ...(bars ? { paths: bars } : {}),
  });
  return {
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: () => [first, last] }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.15)] } },
    axes: [bottomAxis(paint, (value) => formatAxisAmount(value, unit)), countAxis(paint)],
    padding: [8, 22, 0, 0],
    series: [{}, series(paint.lossMark), series(paint.gainMark)],
    hooks: { draw: [lineMarks(paint, "x", marks)] },
  };
}
