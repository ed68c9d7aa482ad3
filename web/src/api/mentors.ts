// Who reads the journal, and whose journals the user reads.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

export const mentorsQuery = queryOptions({
  queryKey: ["mentors"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/mentors", { signal }))).items,
});

export const mentoredQuery = queryOptions({
  queryKey: ["mentored"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/mentored", { signal }))).items,
});

export function inviteMentor(email: string, key: string) {
  return call(api.POST("/v1/mentors", { params: { header: { "Idempotency-Key": key } }, body: { email } }));
}

export function removeMentor(id: string) {
  return call(api.DELETE("/v1/mentors/{id}", { params: { path: { id } } }));
}

export function giveUpMentoring(id: string) {
  return call(api.DELETE("/v1/mentored/{id}", { params: { path: { id } } }));
}
