import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./ErrorState";
import { SkeletonRows } from "./Skeleton";

interface QueryStateProps<T> {
  query: UseQueryResult<T>;
  /** While it is loaded; some lines when absent. */
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What was answered; until then that it is loaded, or why it could not be. What is there stays while it is read again. */
export function QueryState<T>({ query, loading, children }: QueryStateProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return loading ?? <SkeletonRows rows={3} height={20} />;
}
