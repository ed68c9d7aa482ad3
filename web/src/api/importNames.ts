// What imports are called, for whoever tells where a number comes from.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

/** The name of the file; it never changes. */
export function importNameQuery(id: string) {
  return queryOptions({
    queryKey: ["import-names", id],
    queryFn: async ({ signal }) => (await call(api.GET("/v1/imports/{id}", { params: { path: { id } }, signal }))).file_name,
    staleTime: Infinity,
  });
}
