// Everything of the user's in one file.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/me/exports", { signal }))).items,
  // The inbox tells when one is done; should that not come through, it is asked for.
  refetchInterval: ({ state }) => (state.data?.some((item) => item.status === "running") ? 3000 : false),
});

export function beginExport(key: string) {
  return call(api.POST("/v1/me/export", { params: { header: { "Idempotency-Key": key } } }));
}

/** For a link with `download`: the browser saves the file as it comes, however large it is. */
export function exportFile(id: string): string {
  return `/v1/me/exports/${encodeURIComponent(id)}/file`;
}
