// Pages as they were set up: a name and the query of a URL.

import { queryOptions } from "@tanstack/react-query";
import { api, call, idempotencyKey } from "./client";

export function savedViewsQuery(page: string) {
  return queryOptions({
    queryKey: ["saved-views", page],
    queryFn: async ({ signal }) => (await call(api.GET("/v1/saved-views", { params: { query: { page } }, signal }))).items,
  });
}

export function saveView(page: string, name: string, query: string) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/saved-views", { params: { header }, body: { page, name, query } }));
}

export function deleteView(id: string) {
  return call(api.DELETE("/v1/saved-views/{id}", { params: { path: { id } } }));
}
