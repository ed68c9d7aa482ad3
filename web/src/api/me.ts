// The user.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { MeChange } from "@trading-journal/sdk";
import { api, call } from "./client";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => readMe(signal),
});

/** As the server knows it now. */
export function readMe(signal?: AbortSignal) {
  return call(api.GET("/v1/me", signal ? { signal } : {}));
}

/** What happened to the account, newest first. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 50, ...(pageParam === "" ? {} : { cursor: pageParam }) };
    return call(api.GET("/v1/me/audit", { params: { query }, signal }));
  },
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
});

export function changeMe(body: MeChange) {
  return call(api.PATCH("/v1/me", { body }));
}

/** Everything is deleted in seven days; the sessions end at once. */
export function deleteMe(password: string) {
  return call(api.DELETE("/v1/me", { body: { password } }));
}
