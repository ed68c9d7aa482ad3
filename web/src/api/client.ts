// The client of the API: typed by the generated schema, with the session's cookies, and one silent refresh when they ran out.

import { createClient, isProblem } from "@trading-journal/sdk";
import { nameOwner } from "./owner";
import { ProblemError, unreachable } from "./problem";
import { refresh, session, signedInAgain } from "./session";
import { beginTrace, traceIdOf } from "./trace";

/** The traces of answers, for those that name none themselves. */
const traces = new WeakMap<Response, string>();

export const api = createClient({
  baseUrl: location.origin,
  // Says that no form of another site sent it, where there is no JSON to say so.
  headers: { "x-requested-with": "trading-journal" },
  // A list is a repeated parameter: `symbol=AAPL&symbol=MSFT`.
  querySerializer: { array: { style: "form", explode: true } },
  fetch: (request) => fetchWithSession(request),
});

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was answered, or a `ProblemError`. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await callTagged(answer)).data;
}

/** The same with the `ETag`, which `If-Match` of a change takes. */
export async function callTagged<T>(answer: Promise<Answer<T>>): Promise<{ data: T; etag: string | null }> {
  const { data, error, response } = await answer;
  if (!response.ok) throw problemOf(error, response);
  // A 204 has no data, and its type says so.
  return { data: data as T, etag: response.headers.get("etag") };
}

/** Of a request that carries a file: with cookies it needs a header that no foreign form can send. */
export const UPLOAD_HEADERS = { "X-Requested-With": "trading-journal" };

/** A key for a request that creates: sent again with it, nothing is created twice. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

/** What brings a request to the API, as `fetch` does. */
export type Carrier = (request: Request) => Promise<Response>;

/** As `fetch`; when the session ran out, it is renewed (by the user, if need be) and the request sent again, once. */
export async function fetchWithSession(asked: Request, carry: Carrier = fetch): Promise<Response> {
  const request = beginTrace(nameOwner(asked));
  const again = request.clone();
  const sentAt = Date.now();
  const response = await send(request, carry);
  if (response.status !== 401 || session.state === "signed-out") return response;
  if (!(await isUnauthenticated(response))) return response;
  if (await refresh(sentAt)) return send(again, carry);
  session.expire();
  return (await signedInAgain()) ? send(again, carry) : response;
}

async function send(request: Request, carry: Carrier): Promise<Response> {
  try {
    const response = await carry(request);
    const trace = traceIdOf(request);
    if (trace !== undefined) traces.set(response, trace);
    return response;
  } catch (error) {
    // A request that was cancelled says so to whoever cancelled it.
    if (request.signal.aborted) throw error;
    throw unreachable();
  }
}

/** Not a wrong password or code, which are 401 too. */
async function isUnauthenticated(response: Response): Promise<boolean> {
  const body: unknown = await response.clone().json().catch(() => null);
  return isProblem(body) && body.type === "urn:journal:problem:unauthenticated";
}

function problemOf(error: unknown, response: Response): ProblemError {
  const retryAfter = Number(response.headers.get("retry-after")) || null;
  if (isProblem(error)) return new ProblemError(error, retryAfter);
  // Whoever answered was not the API: a proxy before it, most likely.
  return new ProblemError(
    {
      type: "about:blank",
      title: response.statusText || "Something went wrong",
      status: response.status,
      trace_id: traces.get(response) ?? null,
    },
    retryAfter,
  );
}
