// The inbox, and what is sent by mail.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { WantedPreferences } from "@trading-journal/sdk";
import { tellTabs } from "../live/tabs";
import { api, call, callTagged } from "./client";

const KEY = ["notifications"];
/** No message tells that one was read on another device: who comes back to this one asks. */
const ON_RETURN = { refetchOnWindowFocus: "always" } as const;

/** What happened while nobody looked, newest first. */
export const inboxQuery = infiniteQueryOptions({
  ...ON_RETURN,
  queryKey: [...KEY, "inbox"],
  initialPageParam: "",
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 30, ...(pageParam === "" ? {} : { cursor: pageParam }) };
    return call(api.GET("/v1/notifications", { params: { query }, signal }));
  },
  getNextPageParam: (last) => last.next_cursor,
});

/** How many are unread. */
export const unreadQuery = queryOptions({
  ...ON_RETURN,
  queryKey: [...KEY, "unread"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/notifications", { params: { query: { unread: true, limit: 1 } }, signal }))).unread,
});

export const preferencesQuery = queryOptions({
  queryKey: [...KEY, "preferences"],
  queryFn: ({ signal }) => callTagged(api.GET("/v1/notifications/preferences", { signal })),
});

export function setPreferences(body: WantedPreferences, etag: string | null) {
  const params = etag === null ? {} : { header: { "If-Match": etag } };
  return callTagged(api.PUT("/v1/notifications/preferences", { params, body }));
}

export async function markRead(id: string) {
  await call(api.POST("/v1/notifications/{id}/read", { params: { path: { id } } }));
  tellTabs(KEY);
}

export async function markAllRead() {
  await call(api.POST("/v1/notifications/read-all"));
  tellTabs(KEY);
}
