// The colours of the theme for a canvas, which cannot read CSS variables itself.

export interface Paint {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly border: string;
  readonly surface: string;
  readonly gain: string;
  readonly loss: string;
  readonly gainMark: string;
  readonly lossMark: string;
  readonly warn: string;
  readonly series: readonly [string, string, string, string];
  readonly font: string;
}

/** The tokens as they are at the element, in the theme that is shown now. */
export function readPaint(element: Element): Paint {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token("--text"),
    muted: token("--text-muted"),
    grid: token("--chart-grid"),
    border: token("--border-strong"),
    surface: token("--surface"),
    gain: token("--gain"),
    loss: token("--loss"),
    gainMark: token("--gain-mark"),
    lossMark: token("--loss-mark"),
    warn: token("--warn"),
    series: [token("--series-1"), token("--series-2"), token("--series-3"), token("--series-4")],
    font: `12px ${style.fontFamily || "sans-serif"}`,
  };
}

/** The colour, so much of it: for areas under lines. */
export function tint(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}
