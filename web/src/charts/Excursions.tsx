// How far each trade went against and for its holder, and where it ended.

import type { TradeExcursion } from "@trading-journal/sdk";
import { useCallback, useMemo } from "react";
import uPlot from "uplot";
import { formatAmount, formatDay, signOf, toPixels } from "~/format";
import { amountAxis, orderAxis } from "./axes";
import { ChartFrame, Legend } from "./ChartFrame";
import { rowsOf } from "./DataTable";
import { drawInside, zeroLine } from "./marks";
import { tint, type Paint } from "./paint";
import { Plot, type PlotOptions } from "./Plot";

interface ExcursionsProps {
  /** In the order of closing. */
  trades: readonly TradeExcursion[];
  unit: string;
  label?: string;
  height?: number;
}

export function Excursions({ trades, unit, label = "Excursions of each trade", height = 320 }: ExcursionsProps) {
  const data = useMemo<uPlot.AlignedData>(
    () => [
      trades.map((_, at) => at + 1),
      trades.map(({ mae }) => toPixels(mae)),
      trades.map(({ mfe }) => toPixels(mfe)),
      trades.map(({ net_pnl }) => toPixels(net_pnl)),
    ],
    [trades],
  );
  const options = useCallback((paint: Paint) => excursionOptions(paint, unit), [unit]);
  const read = useCallback(
    (index: number) => {
      const trade = trades[index];
      if (!trade) return undefined;
      const row = (name: string, amount: string) => ({
        label: name,
        value: formatAmount(amount, unit, { signed: true }),
        sign: signOf(amount),
      });
      return {
        title: `${trade.symbol}, ${formatDay(trade.closed_at.slice(0, 10))}`,
        rows: [row("At worst", trade.mae), row("At best", trade.mfe), row("Net P&L", trade.net_pnl)],
      };
    },
    [trades, unit],
  );
  const table = {
    columns: ["Closed", "Symbol", "At worst (MAE)", "At best (MFE)", "Net P&L"],
    ...rowsOf(trades, ({ closed_at, symbol, mae, mfe, net_pnl }) => [
      formatDay(closed_at.slice(0, 10)),
      symbol,
      ...[mae, mfe, net_pnl].map((amount) => formatAmount(amount, unit)),
    ]),
  };
  const legend = (
    <Legend
      items={[
        { label: "At worst (MAE)", mark: "area", color: "var(--loss-mark)" },
        { label: "At best (MFE)", mark: "area", color: "var(--gain-mark)" },
        { label: "Where it ended, net", mark: "dot", color: "var(--text)" },
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} legend={legend}>
      <Plot label={label} data={data} height={height} options={options} read={read} />
    </ChartFrame>
  );
}

function excursionOptions(paint: Paint, unit: string): PlotOptions {
  const hidden: uPlot.Series = { stroke: "transparent", points: { show: false } };
  return {
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: (_plot, min, max) => [min - 0.8, max + 0.8] } },
    axes: [orderAxis(paint), amountAxis(paint, unit)],
    padding: [8, 12, 0, 0],
    series: [{}, hidden, hidden, hidden],
    hooks: { drawAxes: [zeroLine(paint)], draw: [(plot) => drawTrades(plot, paint)] },
  };
}

function drawTrades(plot: uPlot, paint: Paint): void {
  const [order = [], worst = [], best = [], net = []] = plot.data;
  const ratio = uPlot.pxRatio;
  const width = Math.min(Math.max((plot.bbox.width / (order.length + 1)) * 0.5, ratio), 12 * ratio);
  const zero = plot.valToPos(0, "y", true);
  drawInside(plot, (context) => {
    order.forEach((at, index) => {
      const x = plot.valToPos(at, "x", true);
      const y = (amount: number | null | undefined) => plot.valToPos(amount ?? 0, "y", true);
      context.fillStyle = tint(paint.gainMark, 45);
      context.fillRect(x - width / 2, y(best[index]), width, zero - y(best[index]));
      context.fillStyle = tint(paint.lossMark, 45);
      context.fillRect(x - width / 2, zero, width, y(worst[index]) - zero);
      context.fillStyle = paint.text;
      context.beginPath();
      context.arc(x, y(net[index]), Math.min(Math.max(width * 0.35, 1.5 * ratio), 4 * ratio), 0, 2 * Math.PI);
      context.fill();
    });
  });
}
