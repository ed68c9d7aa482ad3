// What charts draw themselves on the canvas of uPlot, in its pixels.

import uPlot from "uplot";
import type { Paint } from "./paint";

/** Runs with the canvas as it was afterwards, cut to the plotting area. */
export function drawInside(plot: uPlot, draw: (context: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  // Whatever the axes were written with before.
  ctx.textAlign = "left";
  draw(ctx);
  ctx.restore();
}

/** Text that can be read on whatever is behind it. */
export function writeOver(context: CanvasRenderingContext2D, paint: Paint, text: string, x: number, y: number): void {
  context.save();
  context.setLineDash([]);
  context.lineWidth = 4 * uPlot.pxRatio;
  context.lineJoin = "round";
  context.strokeStyle = paint.surface;
  context.strokeText(text, x, y);
  context.restore();
  context.fillText(text, x, y);
}

/** A hairline at 0, where gains and losses part. */
export function zeroLine(paint: Paint): (plot: uPlot) => void {
  return (plot) =>
    drawInside(plot, (context) => {
      const y = Math.round(plot.valToPos(0, "y", true)) + 0.5;
      context.strokeStyle = paint.border;
      context.lineWidth = uPlot.pxRatio;
      context.beginPath();
      context.moveTo(plot.bbox.left, y);
      context.lineTo(plot.bbox.left + plot.bbox.width, y);
      context.stroke();
    });
}

export interface LineMark {
  at: number;
  label: string;
  color: string;
}

/** Dashed lines with a word at their end: across at a value, or upright where `scale` is `x`. */
export function lineMarks(paint: Paint, scale: "x" | "y", marks: readonly LineMark[]): (plot: uPlot) => void {
  return (plot) =>
    drawInside(plot, (context) => {
      const { left, top, width, height } = plot.bbox;
      const ratio = uPlot.pxRatio;
      context.font = paint.font.replace("12px", `${11 * ratio}px`);
      context.textBaseline = "top";
      // Marks that are near each other have their words in lines of their own. Where a line begins, those of the marks before it are done.
      const fromLeft = marks.toSorted((one, other) => one.at - other.at);
      fromLeft.forEach(({ at, label, color }, order) => {
        const place = Math.round(plot.valToPos(at, scale, true)) + 0.5;
        context.strokeStyle = color;
        context.fillStyle = color;
        context.lineWidth = 1.5 * ratio;
        context.setLineDash([4 * ratio, 3 * ratio]);
        context.beginPath();
        const row = (2 + order * 15) * ratio;
        context.moveTo(scale === "x" ? place : left, scale === "x" ? top + row : place);
        context.lineTo(scale === "x" ? place : left + width, scale === "x" ? top + height : place);
        context.stroke();
        const textWidth = context.measureText(label).width;
        const gap = 5 * ratio;
        if (scale === "x") {
          // Never beyond the edge.
          const fits = place + gap + textWidth < left + width;
          writeOver(context, paint, label, fits ? place + gap : place - gap - textWidth, top + row);
        } else {
          writeOver(context, paint, label, left + width - textWidth - gap, place + 3 * ratio);
        }
      });
    });
}
