// A curve as small as a word, for rows and tiles. An SVG: there may be many of them.

import { sparkPath } from "./spark";
import styles from "./Sparkline.module.css";

interface SparklineProps {
  values: readonly number[];
  /** What it shows; without it the figure beside it has to say all. */
  label?: string;
  width?: number;
  height?: number;
}

export function Sparkline({ values, label, width = 96, height = 28 }: SparklineProps) {
  const { line, area } = sparkPath(values, width, height);
  const [first = 0] = values;
  const tone = (values.at(-1) ?? 0) < first ? styles.loss : styles.gain;
  return (
    <svg
      className={tone}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} />
    </svg>
  );
}
