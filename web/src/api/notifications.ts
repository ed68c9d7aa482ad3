// The inbox, and what is sent by mail.

import { queryOptions } from "@tanstack/react-query";
import type { Preferences } from "@trading-journal/sdk";
import { api, call, callTagged } from "./client";

export const inboxQuery = queryOptions({
  queryKey: ["notifications", "inbox"],
  queryFn: ({ signal }) => call(api.GET("/v1/notifications", { params: { query: { limit: 30 } }, signal })),
});

export const preferencesQuery = queryOptions({
  queryKey: ["notifications", "preferences"],
  queryFn: ({ signal }) => callTagged(api.GET("/v1/notifications/preferences", { signal })),
});

export function setPreferences(body: Preferences, etag: string | null) {
  const params = etag === null ? {} : { header: { "If-Match": etag } };
  return callTagged(api.PUT("/v1/notifications/preferences", { params, body }));
}

export function markAllRead() {
  return call(api.POST("/v1/notifications/read-all"));
}
