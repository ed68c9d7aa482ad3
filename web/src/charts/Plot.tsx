// One uPlot in React: fits its box, is drawn anew in another theme, and is read with the pointer or the arrow keys.

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useTheme } from "~/theme/theme";
import { readPaint, type Paint } from "./paint";
import styles from "./Plot.module.css";
import { PlotTooltip, type Reading } from "./PlotTooltip";

export type PlotOptions = Omit<uPlot.Options, "width" | "height">;

export interface PlotProps {
  /** What the chart shows, for screen readers. */
  label: string;
  data: uPlot.AlignedData;
  height: number;
  /** Must be the same function as long as it makes the same options: another one makes another chart. */
  options: (paint: Paint) => PlotOptions;
  /** What stands at the index, for the tooltip and for screen readers. Without it the chart cannot be read by itself. */
  read?: (index: number) => Reading | undefined;
}

interface Cursor {
  index: number;
  left: number;
  isRight: boolean;
}

export function Plot({ label, data, height, options, read }: PlotProps) {
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [cursor, setCursor] = useState<Cursor>();
  const latest = useEffectEvent(() => data);

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = options(readPaint(element));
    const follow = (self: uPlot) => {
      const { idx, left = -1 } = self.cursor;
      const isRight = left > self.over.clientWidth / 2;
      setCursor(idx == null || left < 0 ? undefined : { index: idx, left: left + self.over.offsetLeft, isRight });
    };
    const hooks = { ...made.hooks, setCursor: [...(made.hooks?.setCursor ?? []), follow] };
    const cursor = { ...made.cursor, move: ontoPoints };
    const size = { width: Math.max(element.clientWidth, 80), height };
    const self = new uPlot({ legend: { show: false }, ...made, hooks, cursor, ...size }, latest(), element);
    plot.current = self;
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width > 0 && width !== self.width) self.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      self.destroy();
      plot.current = null;
    };
  }, [options, height, theme]);

  useEffect(() => {
    const self = plot.current;
    if (self && self.data !== data) self.setData(data);
  }, [data]);

  const last = data[0].length - 1;
  const reading = cursor && read?.(cursor.index);

  /** As a slider does: one step, a tenth, or to the ends. */
  function step(event: KeyboardEvent) {
    const self = plot.current;
    if (!self) return;
    const at = cursor?.index ?? (event.key === "ArrowLeft" ? last + 1 : -1);
    const leap = Math.max(1, Math.round(last / 10));
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageDown: at - leap,
      PageUp: at + leap,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (event.key === "Escape") self.setCursor({ left: -10, top: -10 });
    if (to === undefined) return;
    event.preventDefault();
    const value = self.data[0][Math.min(Math.max(to, 0), last)];
    if (value !== undefined) self.setCursor({ left: self.valToPos(value, "x"), top: 0 });
  }

  return (
    <div className={styles.plot} style={{ height }}>
      <div ref={host} className={styles.host} aria-hidden="true" />
      {read && last >= 0 && (
        <div
          className={styles.reader}
          role="slider"
          tabIndex={0}
          aria-label={`${label}. Arrow keys read it.`}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={cursor?.index ?? 0}
          aria-valuetext={spoken(read(cursor?.index ?? 0))}
          onKeyDown={step}
          onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
        />
      )}
      {reading && <PlotTooltip reading={reading} left={cursor.left} isRight={cursor.isRight} />}
    </div>
  );
}

/** The crosshair stands at a point, never between two: what is read is what is marked. */
function ontoPoints(plot: uPlot, left: number, top: number): [number, number] {
  const value = left < 0 ? undefined : plot.data[0][plot.posToIdx(left)];
  return value === undefined ? [left, top] : [plot.valToPos(value, "x"), top];
}

function spoken(reading: Reading | undefined): string {
  if (!reading) return "No value";
  return `${reading.title}: ${reading.rows.map(({ label, value }) => `${label} ${value}`).join(", ")}`;
}
