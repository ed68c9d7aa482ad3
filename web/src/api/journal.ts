// Notes of days, and the templates that they may begin with.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Day } from "~/format";
import { api, call, callTagged, idempotencyKey } from "./client";

export const journalKeys = {
  day: (date: Day) => ["journal", "day", date],
  days: ["journal", "days"],
  templates: ["journal", "templates"],
} as const;

/** The note of a day, with the tag that a change of it names. A day without one has an empty note. */
export function dayQuery(date: Day) {
  return queryOptions({
    queryKey: journalKeys.day(date),
    queryFn: async ({ signal }) => {
      const { data, etag } = await callTagged(api.GET("/v1/journal/{date}", { params: { path: { date } }, signal }));
      return { day: data, etag };
    },
  });
}

/** Replaces the note of a day. With `etag`, only if nobody else has meanwhile: else 412. */
export function writeDay(date: Day, notes: string, etag: string | null) {
  const header = etag === null ? {} : { "If-Match": etag };
  return callTagged(api.PUT("/v1/journal/{date}", { params: { path: { date }, header }, body: { notes } }));
}

/** The days that have a note, newest first, each with how it begins. */
export const daysQuery = infiniteQueryOptions({
  queryKey: journalKeys.days,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam: cursor, signal }) =>
    call(api.GET("/v1/journal", { params: { query: { limit: 30, ...(cursor === null ? {} : { cursor }) } }, signal })),
  getNextPageParam: (page) => page.next_cursor ?? null,
});

export const templatesQuery = queryOptions({
  queryKey: journalKeys.templates,
  queryFn: async ({ signal }) => (await call(api.GET("/v1/journal-templates", { signal }))).items,
});

export function createTemplate(name: string, body: string) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/journal-templates", { params: { header }, body: { name, body } }));
}

export function changeTemplate(id: string, change: { name: string; body: string }) {
  return call(api.PATCH("/v1/journal-templates/{id}", { params: { path: { id } }, body: change }));
}

export function deleteTemplate(id: string) {
  return call(api.DELETE("/v1/journal-templates/{id}", { params: { path: { id } } }));
}
