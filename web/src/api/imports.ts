// Files of brokers: looked at, imported, taken back.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Import, Preview } from "@trading-journal/sdk";
import { api, call, UPLOAD_HEADERS } from "./client";
import { fetchCounted, type OnSent } from "./upload";

/** How a file is to be read, and whose account it is of. */
export interface Reading {
  readonly file: File;
  readonly accountId: string;
  /** A format's id; absent: recognised from the content. */
  readonly format?: string | undefined;
  /** Of times that carry none; absent: the format's usual one. */
  readonly timeZone?: string | undefined;
}

export const formatsQuery = queryOptions({
  queryKey: ["formats"],
  staleTime: Infinity,
  queryFn: async ({ signal }) => (await call(api.GET("/v1/imports/formats", { signal }))).items,
});

export const importsQuery = infiniteQueryOptions({
  queryKey: ["imports"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam: cursor, signal }) =>
    call(api.GET("/v1/imports", { params: { query: { limit: 25, ...(cursor === null ? {} : { cursor }) } }, signal })),
  getNextPageParam: (page) => page.next_cursor ?? null,
});

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ["imports", id],
    queryFn: ({ signal }) => call(api.GET("/v1/imports/{id}", { params: { path: { id } }, signal })),
    // The live stream tells of it; this is for whoever is not connected.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 1000 : false),
  });
}

export function isUnderWay(one: Pick<Import, "status">): boolean {
  return one.status === "queued" || one.status === "running";
}

/** An import as the API answers with it. */
export type ImportNow = Awaited<ReturnType<typeof startImport>>;

/** What an import would bring; nothing is stored. */
export function previewImport(reading: Reading, onSent: OnSent, signal: AbortSignal): Promise<Preview> {
  const options = { headers: UPLOAD_HEADERS, fetch: fetchCounted(onSent), signal };
  return call(api.POST("/v1/imports/preview", { ...uploadOf(reading), ...options }));
}

/** Begins an import. Sent again with the same key it is not begun twice. */
export function startImport(reading: Reading, onSent: OnSent, idempotencyKey: string) {
  const params = { header: { "Idempotency-Key": idempotencyKey } };
  const options = { headers: UPLOAD_HEADERS, fetch: fetchCounted(onSent) };
  return call(api.POST("/v1/imports", { ...uploadOf(reading), params, ...options }));
}

export function undoImport(id: string) {
  return call(api.DELETE("/v1/imports/{id}", { params: { path: { id } } }));
}

function uploadOf({ file, accountId, format, timeZone }: Reading) {
  return {
    body: {
      account_id: accountId,
      ...(format === undefined ? {} : { format }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      // Last: what is known before the file decides how it is read.
      file: file.name,
    },
    bodySerializer: (fields: Record<string, unknown>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) {
        if (name === "file") form.append(name, file, file.name);
        else form.append(name, String(value));
      }
      return form;
    },
  };
}
