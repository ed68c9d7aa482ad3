// Requests that tell how much of them is sent. `fetch` does not tell it; the older `XMLHttpRequest` does.

import { fetchWithSession } from "./client";

/** Called while bytes are sent. A request that is sent again begins again. */
export type OnSent = (sent: number, total: number) => void;

/** As the client's `fetch`, with its session, traces and problems. */
export function fetchCounted(onSent: OnSent): (request: Request) => Promise<Response> {
  return (request) => fetchWithSession(request, (ready) => carry(ready, onSent));
}

async function carry(request: Request, onSent: OnSent): Promise<Response> {
  const body = await request.blob();
  const { signal } = request;
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const cancel = () => sending.abort();
    sending.open(request.method, request.url);
    sending.responseType = "blob";
    for (const [name, value] of request.headers) sending.setRequestHeader(name, value);
    sending.upload.addEventListener("progress", ({ loaded, total }) => onSent(loaded, total));
    sending.addEventListener("load", () => resolve(responseOf(sending)));
    sending.addEventListener("error", () => reject(new TypeError("nothing was answered")));
    sending.addEventListener("abort", () => reject(new DOMException("it was cancelled", "AbortError")));
    sending.addEventListener("loadend", () => signal.removeEventListener("abort", cancel));
    signal.addEventListener("abort", cancel);
    if (signal.aborted) reject(new DOMException("it was cancelled", "AbortError"));
    else sending.send(body);
  });
}

function responseOf(sending: XMLHttpRequest): Response {
  const { status, statusText } = sending;
  return new Response(sending.response as Blob, { status, statusText, headers: headersOf(sending.getAllResponseHeaders()) });
}

/** One line each, as the browser writes them. */
export function headersOf(lines: string): Headers {
  const headers = new Headers();
  for (const line of lines.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
