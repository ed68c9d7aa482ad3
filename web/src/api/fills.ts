// Fills: what was said about each of them, and how their owner states them anew.

import { queryOptions } from "@tanstack/react-query";
import type { FillCorrection } from "@trading-journal/sdk";
import { api, call, idempotencyKey } from "./client";
import { tradeKeys } from "./trades.ts";

/** All that was said about a fill, oldest first; empty while only one thing was. */
export function correctionsQuery(id: string) {
  return queryOptions({
    queryKey: tradeKeys.corrections(id),
    queryFn: async ({ signal }) => {
      const page = await call(api.GET("/v1/fills/{id}/corrections", { params: { path: { id } }, signal }));
      return page.items;
    },
  });
}

/** Only what is present changes; the key makes a repeat of the request harmless. */
export function correctFill(id: string, correction: FillCorrection) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/fills/{id}/corrections", { params: { path: { id }, header }, body: correction }));
}

export function voidFill(id: string, reason: string) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/fills/{id}/void", { params: { path: { id }, header }, body: { reason } }));
}
