import type { TradeDetail } from "@trading-journal/sdk";
import type { ReactNode } from "react";
import { formatCount } from "~/format/index.ts";
import { Popover } from "~/ui/Popover";
import { SourceLink } from "./SourceLink.tsx";
import styles from "./Sourced.module.css";
import { type Figure, sourcesOf } from "./sources.ts";

interface SourcedProps {
  figure: Figure;
  trade: TradeDetail;
  children: ReactNode;
}

/** A number that says where it comes from when it is pressed. */
export function Sourced({ figure, trade, children }: SourcedProps) {
  const sources = sourcesOf(figure, trade);
  if (sources.length === 0) return children;
  return (
    <Popover
      align="end"
      trigger={
        <button type="button" className={styles.number} title="Where it comes from">
          {children}
        </button>
      }
    >
      <p className={styles.title}>Comes from</p>
      <ul className={styles.list}>
        {sources.map(({ importId, lines, count }) => (
          <li key={importId ?? "hand"}>
            {importId === null ? `${formatCount(count, "fill")} entered by hand` : <SourceLink importId={importId} lines={lines} />}
          </li>
        ))}
      </ul>
    </Popover>
  );
}
