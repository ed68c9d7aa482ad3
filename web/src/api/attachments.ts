// Images beside what is written about a trade.

import { queryOptions } from "@tanstack/react-query";
import { api, call, idempotencyKey, UPLOAD_HEADERS } from "./client";

export function attachmentsQuery(trade: string) {
  return queryOptions({
    queryKey: ["trades", "attachments", trade],
    queryFn: async ({ signal }) => (await call(api.GET("/v1/trades/{id}/attachments", { params: { path: { id: trade } }, signal }))).items,
  });
}

export function addAttachment(trade: string, image: File) {
  const params = { path: { id: trade }, header: { "Idempotency-Key": idempotencyKey() } };
  const bodySerializer = () => {
    const form = new FormData();
    form.append("file", image, image.name || "screenshot.png");
    return form;
  };
  // The document knows a file as a text; the form has the file itself.
  return call(api.POST("/v1/trades/{id}/attachments", { params, headers: UPLOAD_HEADERS, body: { file: "" }, bodySerializer }));
}

export function deleteAttachment(trade: string, id: string) {
  return call(api.DELETE("/v1/trades/{id}/attachments/{attachment_id}", { params: { path: { id: trade, attachment_id: id } } }));
}

/** Where the image is, for an `img`. */
export function attachmentAddress(trade: string, id: string): string {
  return `/v1/trades/${encodeURIComponent(trade)}/attachments/${encodeURIComponent(id)}`;
}
