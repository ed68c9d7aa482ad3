// The part of S3's interface that a delivery uses, for one bucket.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { State } from "./state.ts";

export const BUCKET = "web-files";

export function answerAsBucket(state: State, request: IncomingMessage, path: string, text: string, response: ServerResponse): void {
  const name = path.slice(`/${BUCKET}/`.length);
  if (request.method === "PUT") {
    state.objects?.set(name, { body: text, type: request.headers["content-type"] ?? "" });
    response.end();
    return;
  }
  const names = [...(state.objects?.keys() ?? [])];
  const contents = names.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  response.setHeader("content-type", "application/xml");
  response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
}
