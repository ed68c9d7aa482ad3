// The path of a sparkline. Pure.

/** No more points than the eye tells apart, each the extreme of its stretch, so that no spike is lost. */
export function thin(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  const size = values.length / most;
  return Array.from({ length: most }, (_, at) => {
    const stretch = values.slice(Math.floor(at * size), Math.floor((at + 1) * size));
    const middle = stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
    return stretch.reduce((furthest, value) => (Math.abs(value - middle) > Math.abs(furthest - middle) ? value : furthest));
  });
}

/** A line within the box, and the area below it. */
export function sparkPath(values: readonly number[], width: number, height: number): { line: string; area: string } {
  const points = thin(values, width);
  if (points.length === 0) return { line: "", area: "" };
  const low = Math.min(...points);
  const span = Math.max(...points) - low;
  const inset = 1.5;
  const x = (at: number) => round(points.length === 1 ? width : (at / (points.length - 1)) * width);
  const y = (value: number) => round(span === 0 ? height / 2 : height - inset - ((value - low) / span) * (height - 2 * inset));
  const steps = points.map((value, at) => `${x(at)} ${y(value)}`);
  const line = points.length === 1 ? `M0 ${y(points[0] ?? 0)}L${steps.join("L")}` : `M${steps.join("L")}`;
  return { line, area: `${line}L${width} ${height}L0 ${height}Z` };
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
