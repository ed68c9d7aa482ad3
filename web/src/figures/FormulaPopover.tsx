// What a figure is, in the words of the catalogue of metrics.

import type { MetricDescription } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { metricsQuery } from "~/api/analytics";
import { ErrorState } from "~/ui/ErrorState";
import { Popover } from "~/ui/Popover";
import { SkeletonRows } from "~/ui/Skeleton";
import styles from "./FormulaPopover.module.css";

interface FormulaPopoverProps {
  id: string;
  section: string | undefined;
  trigger: ReactElement;
}

/** Open from the beginning: it is made by the click that asks for it. */
export function FormulaPopover({ id, section, trigger }: FormulaPopoverProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover trigger={trigger} label="What this figure is" className={styles.popover ?? ""} open={open} onOpenChange={setOpen}>
      <Formula id={id} section={section} />
    </Popover>
  );
}

function Formula({ id, section }: { id: string; section: string | undefined }) {
  const { data: metrics, error, refetch } = useQuery(metricsQuery);
  if (error && !metrics) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!metrics) return <SkeletonRows rows={4} />;
  const metric = metrics.find((each) => each.id === id && (section === undefined || each.section === section));
  return metric ? <Description metric={metric} /> : <p>There is no description of this figure.</p>;
}

function Description({ metric }: { metric: MetricDescription }) {
  return (
    <article className={styles.description}>
      <h3>{metric.name}</h3>
      <pre className={styles.formula}>{metric.formula}</pre>
      <p>{metric.edges}</p>
      {metric.elsewhere != null && (
        <p>
          <strong>Elsewhere:</strong> {metric.elsewhere}
        </p>
      )}
      <p className={styles.source}>Source: {metric.source}</p>
    </article>
  );
}
