// Where the equity may go: quantiles of a Monte Carlo over the number of trades.

import type { FanPoint } from "@trading-journal/sdk";
import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { formatAmount, formatCount, toPixels } from "~/format";
import { amountAxis, orderAxis } from "./axes";
import { ChartFrame, Legend } from "./ChartFrame";
import { rowsOf } from "./DataTable";
import { zeroLine } from "./marks";
import { tint, type Paint } from "./paint";
import { Plot, type PlotOptions } from "./Plot";

interface FanProps {
  points: readonly FanPoint[];
  unit: string;
  label?: string;
  height?: number;
}

const QUANTILES = ["p95", "p75", "p50", "p25", "p5"] as const;
const NAMES = { p95: "95 in 100 below", p75: "75 in 100 below", p50: "Half below", p25: "25 in 100 below", p5: "5 in 100 below" };

export function Fan({ points, unit, label = "Monte Carlo fan", height = 300 }: FanProps) {
  const data = useMemo<uPlot.AlignedData>(
    () => [
      points.map(({ trades }) => trades),
      ...QUANTILES.map((quantile) => points.map(({ equity }) => toPixels(equity?.[quantile]))),
    ],
    [points],
  );
  const options = useCallback((paint: Paint) => fanOptions(paint, unit), [unit]);
  const read = useCallback(
    (index: number) => {
      const point = points[index];
      if (!point) return undefined;
      const rows = QUANTILES.map((quantile) => ({ label: NAMES[quantile], value: formatAmount(point.equity?.[quantile], unit) }));
      return { title: `After ${formatCount(point.trades, "trade")}`, rows };
    },
    [points, unit],
  );
  const table = {
    columns: ["Trades", "5 %", "25 %", "50 %", "75 %", "95 %"],
    ...rowsOf(points, ({ trades, equity }) => [
      String(trades),
      ...[...QUANTILES].reverse().map((quantile) => formatAmount(equity?.[quantile], unit)),
    ]),
  };
  const legend = (
    <Legend
      items={[
        { label: "Half of all paths below", mark: "line", color: "var(--series-1)" },
        { label: "The middle half of all paths", mark: "area", color: "var(--series-1)" },
        { label: "Nine of ten paths", mark: "dash", color: "var(--series-1)" },
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} legend={legend}>
      <Plot label={label} data={data} height={height} options={options} read={read} />
    </ChartFrame>
  );
}

function fanOptions(paint: Paint, unit: string): PlotOptions {
  const [color] = paint.series;
  const edge: uPlot.Series = { stroke: tint(color, 55), width: 1, dash: [4, 4], points: { show: false } };
  const inner: uPlot.Series = { stroke: tint(color, 30), width: 1, points: { show: false } };
  return {
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false } },
    axes: [orderAxis(paint), amountAxis(paint, unit)],
    padding: [8, 12, 0, 0],
    series: [{}, edge, inner, { stroke: color, width: 2, points: { show: false } }, inner, edge],
    bands: [
      { series: [1, 5], fill: tint(color, 9) },
      { series: [2, 4], fill: tint(color, 22) },
    ],
    hooks: { drawAxes: [zeroLine(paint)] },
  };
}
