// Keys for programs of the user.

import { queryOptions } from "@tanstack/react-query";
import type { NewApiKey } from "@trading-journal/sdk";
import { api, call } from "./client";

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/auth/api-keys", { signal }))).items,
});

export function createApiKey(body: NewApiKey, key: string) {
  return call(api.POST("/v1/auth/api-keys", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function revokeApiKey(id: string) {
  return call(api.DELETE("/v1/auth/api-keys/{id}", { params: { path: { id } } }));
}
