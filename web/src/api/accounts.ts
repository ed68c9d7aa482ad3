// Trading accounts and their cash.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AccountChange, NewAccount, NewCashEntry } from "@trading-journal/sdk";
import { api, call, callTagged } from "./client";

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async ({ signal }) => {
    const page = await call(api.GET("/v1/accounts", { signal }));
    return page.items;
  },
});

/** With the tag that a change of it takes. */
export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ["accounts", id],
    queryFn: ({ signal }) => callTagged(api.GET("/v1/accounts/{id}", { params: { path: { id } }, signal })),
  });

/** Which days are trading days, market by market. */
export const calendarsQuery = queryOptions({
  queryKey: ["calendars"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/calendars", { signal }))).items,
  staleTime: Infinity,
});

export const cashQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["cash", id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, ...(pageParam === "" ? {} : { cursor: pageParam }) };
      return call(api.GET("/v1/accounts/{id}/cash", { params: { path: { id }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });

export function createAccount(body: NewAccount, key: string) {
  return call(api.POST("/v1/accounts", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeAccount(id: string, body: AccountChange, etag: string | null) {
  const header = etag === null ? {} : { header: { "If-Match": etag } };
  return call(api.PATCH("/v1/accounts/{id}", { params: { path: { id }, ...header }, body }));
}

export function deleteAccount(id: string) {
  return call(api.DELETE("/v1/accounts/{id}", { params: { path: { id } } }));
}

export function addCash(id: string, body: NewCashEntry, key: string) {
  return call(api.POST("/v1/accounts/{id}/cash", { params: { path: { id }, header: { "Idempotency-Key": key } }, body }));
}
