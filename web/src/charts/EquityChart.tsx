// The equity curve with the drawdown below it, under one crosshair.

import type { EquityPoint } from "@trading-journal/sdk";
import { useCallback, useId, useMemo } from "react";
import uPlot from "uplot";
import { formatAxisAmount } from "~/format";
import { amountAxis, dayAxis } from "./axes";
import { ChartFrame } from "./ChartFrame";
import { equityColumns, equityTable, readEquity } from "./equity";
import { zeroLine } from "./marks";
import { tint, type Paint } from "./paint";
import { Plot, type PlotOptions } from "./Plot";

interface EquityChartProps {
  points: readonly EquityPoint[];
  /** What amounts are in: a currency, `R` or `%`. */
  unit: string;
  label?: string;
  height?: number;
}

const DRAWDOWN_HEIGHT = 96;
/** Half of the last label below. */
const RIGHT = 20;

export function EquityChart({ points, unit, label = "Equity and drawdown", height = 250 }: EquityChartProps) {
  const sync = useId();
  const { days, curve, drawdown, hasEquity } = useMemo(() => equityColumns(points), [points]);
  const upper = useMemo<uPlot.AlignedData>(() => [days, curve], [days, curve]);
  const lower = useMemo<uPlot.AlignedData>(() => [days, drawdown], [days, drawdown]);
  const dots = points.length < 40;

  const upperOptions = useCallback(
    (paint: Paint) => curveOptions(paint, unit, sync, !hasEquity, dots),
    [unit, sync, hasEquity, dots],
  );
  const lowerOptions = useCallback((paint: Paint) => drawdownOptions(paint, unit, sync), [unit, sync]);
  const read = useCallback(
    (index: number) => {
      if (index === 0) return { title: "Start", rows: [] };
      const point = points[index - 1];
      return point && readEquity(point, unit, hasEquity);
    },
    [points, unit, hasEquity],
  );
  const table = useMemo(() => equityTable(points, unit, hasEquity), [points, unit, hasEquity]);

  return (
    <ChartFrame label={label} table={table}>
      <Plot label={label} data={upper} height={height} options={upperOptions} read={read} />
      <Plot label="Drawdown" data={lower} height={DRAWDOWN_HEIGHT} options={lowerOptions} />
    </ChartFrame>
  );
}

/** Both charts show the same range of days, also after zooming into one. */
function together(sync: string): uPlot.Cursor {
  return { sync: { key: sync, setSeries: false }, y: false, focus: { prox: -1 }, drag: { x: true, y: false } };
}

function curveOptions(paint: Paint, unit: string, sync: string, isPnl: boolean, dots: boolean): PlotOptions {
  const [color] = paint.series;
  return {
    cursor: together(sync),
    scales: {
      x: { time: true },
      y: {
        range: {
          min: { pad: 0.08, ...(isPnl ? { soft: 0, mode: 2 } : {}) },
          max: { pad: 0.08, ...(isPnl ? { soft: 0, mode: 2 } : {}) },
        },
      },
    },
    axes: [{ ...dayAxis(paint), show: false }, amountAxis(paint, unit)],
    padding: [8, RIGHT, 4, 0],
    series: [
      {},
      {
        stroke: color,
        width: 2,
        fill: (plot) => fade(plot, color),
        points: { show: dots, size: 5, fill: color },
        ...held(),
      },
    ],
    hooks: isPnl ? { drawAxes: [zeroLine(paint)] } : {},
  };
}

function drawdownOptions(paint: Paint, unit: string, sync: string): PlotOptions {
  return {
    cursor: { ...together(sync), points: { show: false } },
    scales: { x: { time: true }, y: { range: (_plot, min) => [min < 0 ? min * 1.08 : -1, 0] } },
    axes: [dayAxis(paint), fallAxis(paint, unit)],
    padding: [9, RIGHT, 0, 0],
    series: [
      {},
      { stroke: paint.lossMark, width: 1.25, fill: tint(paint.lossMark, 16), fillTo: 0, points: { show: false }, ...held() },
    ],
  };
}

/** A curve that never fell has no scale but 0. */
function fallAxis(paint: Paint, unit: string): uPlot.Axis {
  const labels = (plot: uPlot, splits: number[]) => {
    const hasFall = plot.data[1]?.some((value) => value !== 0);
    return splits.map((split) => (split === 0 || hasFall ? formatAxisAmount(split, unit) : ""));
  };
  return { ...amountAxis(paint, unit, 28), values: labels };
}

/** A day holds until the next one: nothing was made in between. */
function held(): Pick<uPlot.Series, "paths"> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return paths ? { paths } : {};
}

/** Lets the area under the curve run out towards the bottom. */
function fade(plot: uPlot, color: string): CanvasGradient | string {
  const { top, height } = plot.bbox;
  if (!Number.isFinite(top + height)) return "transparent";
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height);
  gradient.addColorStop(0, tint(color, 20));
  gradient.addColorStop(1, tint(color, 2));
  return gradient;
}
