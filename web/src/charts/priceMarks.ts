// Candles and marks of fills on the canvas.

import uPlot from "uplot";
import { toPixels } from "~/format";
import { drawInside, writeOver } from "./marks";
import type { Paint } from "./paint";
import { fillText, type PriceColumns, type PriceFill } from "./price";

/** With more fills than this their texts would cover each other; the tooltip has them. */
const MOST_TEXTS = 10;

export function drawCandles(plot: uPlot, paint: Paint, { times, bars }: PriceColumns): void {
  const shown = bars.filter((bar) => bar !== undefined).length;
  if (shown === 0) return;
  const ratio = uPlot.pxRatio;
  const width = Math.min(Math.max((plot.bbox.width / shown) * 0.64, ratio), 14 * ratio);
  drawInside(plot, (context) => {
    times.forEach((time, at) => {
      const bar = bars[at];
      if (!bar) return;
      const [open, high, low, close] = [bar.open, bar.high, bar.low, bar.close].map((price) =>
        plot.valToPos(toPixels(price) ?? NaN, "y", true),
      );
      if (open === undefined || high === undefined || low === undefined || close === undefined) return;
      const x = Math.round(plot.valToPos(time, "x", true));
      // Pixels grow downwards: a bar that closes higher ends at fewer of them.
      context.fillStyle = close <= open ? paint.gainMark : paint.lossMark;
      context.fillRect(x - ratio / 2, high, ratio, Math.max(low - high, ratio));
      context.fillRect(x - width / 2, Math.min(open, close), width, Math.max(Math.abs(close - open), ratio));
    });
  });
}

/** A triangle from below for what was bought, from above for what was sold; its tip is the price. */
export function drawFills(plot: uPlot, paint: Paint, { times, fills }: PriceColumns): void {
  const all = fills.flatMap((at, index) => at.map((fill) => ({ fill, x: plot.valToPos(times[index] ?? 0, "x", true) })));
  const hasTexts = all.length <= MOST_TEXTS;
  drawInside(plot, (context) => {
    const ratio = uPlot.pxRatio;
    context.font = paint.font.replace("12px", `${11 * ratio}px`);
    const taken: Box[] = [];
    for (const { fill, x } of all) {
      const y = plot.valToPos(toPixels(fill.price) ?? NaN, "y", true);
      drawTriangle(context, paint, fill, x, y, ratio);
      if (hasTexts) drawText(context, paint, plot, fill, x, y, ratio, taken);
    }
  });
}

function drawTriangle(
  context: CanvasRenderingContext2D,
  paint: Paint,
  { side }: PriceFill,
  x: number,
  y: number,
  ratio: number,
): void {
  const down = side === "buy" ? 1 : -1;
  context.beginPath();
  context.moveTo(x, y + 2 * down * ratio);
  context.lineTo(x - 6 * ratio, y + 12 * down * ratio);
  context.lineTo(x + 6 * ratio, y + 12 * down * ratio);
  context.closePath();
  context.fillStyle = side === "buy" ? paint.gainMark : paint.lossMark;
  context.fill();
  context.strokeStyle = paint.surface;
  context.lineWidth = 1.5 * ratio;
  context.stroke();
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Below what was bought, above what was sold; left out where it would cover another one. */
function drawText(
  context: CanvasRenderingContext2D,
  paint: Paint,
  plot: uPlot,
  fill: PriceFill,
  x: number,
  y: number,
  ratio: number,
  taken: Box[],
): void {
  const text = fillText(fill);
  const width = context.measureText(text).width;
  const { left, width: room } = plot.bbox;
  const start = Math.min(Math.max(x - width / 2, left + 4 * ratio), left + room - width - 4 * ratio);
  const top = fill.side === "buy" ? y + 15 * ratio : y - 28 * ratio;
  const box: Box = [start, top, start + width, top + 13 * ratio];
  if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
  taken.push(box);
  context.textBaseline = "top";
  context.fillStyle = fill.side === "buy" ? paint.gain : paint.loss;
  writeOver(context, paint, text, start, top);
}
