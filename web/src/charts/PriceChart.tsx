// The prices around a trade: candles where there are bars, else a line through its fills; what was bought and sold where.

import { useCallback, useMemo } from "react";
import uPlot from "uplot";
import { formatInstant, formatNumber, toPixels } from "~/format";
import { priceAxis, timeAxis } from "./axes";
import { ChartFrame, Legend } from "./ChartFrame";
import { rowsOf } from "./DataTable";
import { lineMarks, type LineMark } from "./marks";
import type { Paint } from "./paint";
import { Plot, type PlotOptions } from "./Plot";
import { fillText, priceColumns, priceLine, readPrice, type PriceBar, type PriceColumns, type PriceFill } from "./price";
import { drawCandles, drawFills } from "./priceMarks";

export type { PriceBar, PriceFill } from "./price";

export interface PriceLevel {
  price: string;
  label: string;
  kind: "stop" | "target" | "average";
}

interface PriceChartProps {
  fills: readonly PriceFill[];
  bars?: readonly PriceBar[];
  /** Prices that matter: the planned stop and target, average entry and exit. */
  levels?: readonly PriceLevel[];
  /** Of the account: times are on its clock. */
  zone: string;
  label?: string;
  height?: number;
}

const NO_BARS: readonly PriceBar[] = [];
const NO_LEVELS: readonly PriceLevel[] = [];

export function PriceChart({
  fills,
  bars = NO_BARS,
  levels = NO_LEVELS,
  zone,
  label = "Fills by price and time",
  height = 320,
}: PriceChartProps) {
  const columns = useMemo(() => priceColumns(bars, fills), [bars, fills]);
  const data = useMemo<uPlot.AlignedData>(
    () => [columns.times, priceLine(columns, "close"), priceLine(columns, "high"), priceLine(columns, "low")],
    [columns],
  );
  const options = useCallback((paint: Paint) => priceOptions(paint, columns, levels, zone), [columns, levels, zone]);
  const read = useCallback((index: number) => readPrice(columns, index, zone), [columns, zone]);
  const table = {
    columns: ["Time", "Fill"],
    ...rowsOf(fills, (fill) => [formatInstant(fill.time, zone, { seconds: true }), fillText(fill)]),
  };
  const legend = (
    <Legend
      items={[
        { label: "Bought", mark: "dot", color: "var(--gain-mark)" },
        { label: "Sold", mark: "dot", color: "var(--loss-mark)" },
        ...(bars.length === 0
          ? [{ label: "From fill to fill; no price bars", mark: "line" as const, color: "var(--series-1)" }]
          : []),
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} legend={legend}>
      <Plot label={label} data={data} height={height} options={options} read={read} />
    </ChartFrame>
  );
}

function priceOptions(paint: Paint, columns: PriceColumns, levels: readonly PriceLevel[], zone: string): PlotOptions {
  const hasBars = columns.bars.some((bar) => bar !== undefined);
  const colors = { stop: paint.lossMark, target: paint.gainMark, average: paint.muted };
  const marks: LineMark[] = levels.flatMap(({ price, label, kind }) => {
    const at = toPixels(price);
    return at === null ? [] : [{ at, label: `${label} ${formatNumber(price)}`, color: colors[kind] }];
  });
  const hidden: uPlot.Series = { stroke: "transparent", points: { show: false } };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const line: uPlot.Series = hasBars
    ? hidden
    : { stroke: paint.series[0], width: 1.5, spanGaps: true, points: { show: false }, ...(stepped ? { paths: stepped } : {}) };
  return {
    cursor: { y: false, drag: { x: true, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: (_plot, min, max) => timeRange(min, max, columns.times) },
      y: { range: (_plot, min, max) => priceRange(min, max, marks) },
    },
    axes: [timeAxis(paint, zone), priceAxis(paint)],
    padding: [12, 30, 0, 0],
    series: [{}, line, hidden, hidden],
    hooks: {
      draw: [
        (plot) => drawCandles(plot, paint, columns),
        lineMarks(paint, "y", marks),
        (plot) => drawFills(plot, paint, columns),
      ],
    },
  };
}

/** Two minutes around a single time, which has no width of its own. */
function timeRange(min: number, max: number, times: readonly number[]): [number, number] {
  const [only] = times;
  return times.length === 1 && only !== undefined ? [only - 120, only + 120] : padded(min, max, 60, 0.05);
}

function padded(min: number, max: number, least: number, share: number): [number, number] {
  const pad = Math.max((max - min) * share, max === min ? least : 0);
  return [min - pad, max + pad];
}

/** Room for the marks of fills above and below, and for the levels, unless they are far away. */
function priceRange(min: number, max: number, marks: readonly LineMark[]): [number, number] {
  const reach = Math.max((max - min) * 2, Math.abs(max) * 0.02);
  const near = marks.map(({ at }) => at).filter((at) => at > min - reach && at < max + reach);
  return padded(Math.min(min, ...near), Math.max(max, ...near), Math.abs(max) * 0.002 || 1, 0.16);
}
