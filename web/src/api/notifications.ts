// The inbox, and what is sent by mail.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Preferences } from "@trading-journal/sdk";
import { api, call, callTagged } from "./client";

/** What happened while nobody looked, newest first. */
export const inboxQuery = infiniteQueryOptions({
  queryKey: ["notifications", "inbox"],
  initialPageParam: "",
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 30, ...(pageParam === "" ? {} : { cursor: pageParam }) };
    return call(api.GET("/v1/notifications", { params: { query }, signal }));
  },
  getNextPageParam: (last) => last.next_cursor,
});

/** How many are unread. */
export const unreadQuery = queryOptions({
  queryKey: ["notifications", "unread"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/notifications", { params: { query: { unread: true, limit: 1 } }, signal }))).unread,
});

export const preferencesQuery = queryOptions({
  queryKey: ["notifications", "preferences"],
  queryFn: ({ signal }) => callTagged(api.GET("/v1/notifications/preferences", { signal })),
});

export function setPreferences(body: Preferences, etag: string | null) {
  const params = etag === null ? {} : { header: { "If-Match": etag } };
  return callTagged(api.PUT("/v1/notifications/preferences", { params, body }));
}

export function markRead(id: string) {
  return call(api.POST("/v1/notifications/{id}/read", { params: { path: { id } } }));
}

export function markAllRead() {
  return call(api.POST("/v1/notifications/read-all"));
}
