// A card with what a query answers: its skeleton until then, and what to do when it fails.

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { Skeleton } from "~/ui/Skeleton";

interface QueryCardProps<T> {
  title: ReactNode;
  description?: ReactNode;
  query: Pick<UseQueryResult<T>, "data" | "error" | "refetch">;
  /** Of the content, so that nothing jumps. */
  height: number;
  actions?: (data: T) => ReactNode;
  flush?: boolean;
  children: (data: T) => ReactNode;
}

export function QueryCard<T>({ title, description, query, height, actions, flush = false, children }: QueryCardProps<T>) {
  const { data, error, refetch } = query;
  return (
    <Card
      title={title}
      description={description}
      actions={data !== undefined && actions?.(data)}
      flush={flush && data !== undefined}
    >
      {error && data === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={height} />
      ) : (
        children(data)
      )}
    </Card>
  );
}
