// What trades are sorted by: tags, playbooks, fields of one's own.

import { queryOptions } from "@tanstack/react-query";
import type { CustomFieldChange, NewCustomField, NewPlaybook, PlaybookChange, Thawed } from "@trading-journal/sdk";
import { api, call, idempotencyKey } from "./client";
import { isReason } from "./problem";

export const tagsQuery = queryOptions({
  queryKey: ["trades", "tags"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/tags", { signal }))).items,
});

export const playbooksQuery = queryOptions({
  queryKey: ["trades", "playbooks"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/playbooks", { signal }))).items,
});

export const customFieldsQuery = queryOptions({
  queryKey: ["trades", "custom-fields"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/custom-fields", { signal }))).items,
});

/** Sent again with the same key it is not made twice. */
export function createPlaybook(playbook: NewPlaybook, key: string = idempotencyKey()) {
  const header = { "Idempotency-Key": key };
  return call(api.POST("/v1/playbooks", { params: { header }, body: playbook as Thawed<NewPlaybook> }));
}

export function changePlaybook(id: string, change: PlaybookChange) {
  return call(api.PATCH("/v1/playbooks/{id}", { params: { path: { id } }, body: change as Thawed<PlaybookChange> }));
}

export function createCustomField(field: NewCustomField) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/custom-fields", { params: { header }, body: field as Thawed<NewCustomField> }));
}

export function deletePlaybook(id: string) {
  return gone(call(api.DELETE("/v1/playbooks/{id}", { params: { path: { id } } })));
}

export function changeCustomField(id: string, change: CustomFieldChange) {
  return call(api.PATCH("/v1/custom-fields/{id}", { params: { path: { id } }, body: change as Thawed<CustomFieldChange> }));
}

export function deleteCustomField(id: string) {
  return gone(call(api.DELETE("/v1/custom-fields/{id}", { params: { path: { id } } })));
}

/** On all trades that have it. */
export function renameTag(id: string, name: string) {
  return call(api.PATCH("/v1/tags/{id}", { params: { path: { id } }, body: { name } }));
}

/** Off all trades that have it. */
export function deleteTag(id: string) {
  return gone(call(api.DELETE("/v1/tags/{id}", { params: { path: { id } } })));
}

/** Deleted: also where an earlier attempt did it, whose answer took too long. */
async function gone(deleted: Promise<unknown>): Promise<void> {
  await deleted.catch((error: unknown) => {
    if (!isReason(error, "not-found")) throw error;
  });
}
