// The name of a figure, which opens what it is: formula, edges, source.

import type { MetricDescription } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { metricsQuery } from "~/api/analytics";
import { ErrorState } from "~/ui/ErrorState";
import { Popover } from "~/ui/Popover";
import { SkeletonRows } from "~/ui/Skeleton";
import styles from "./MetricName.module.css";

interface MetricNameProps {
  /** As `GET /v1/metrics` calls it. */
  id: string;
  /** Two sections may use one id; the first of them when absent. */
  section?: string;
  /** The name of the catalogue when absent. */
  children: ReactNode;
}

export function MetricName({ id, section, children }: MetricNameProps) {
  const trigger = (
    <button type="button" className={styles.name} title="What is this?">
      {children}
    </button>
  );
  return (
    <Popover trigger={trigger} label="What this figure is" className={styles.popover ?? ""}>
      <Formula id={id} section={section} />
    </Popover>
  );
}

function Formula({ id, section }: { id: string; section: string | undefined }) {
  const { data: metrics, error, refetch } = useQuery(metricsQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
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
