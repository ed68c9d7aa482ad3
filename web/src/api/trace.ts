// Each request begins a trace (W3C Trace Context), which the gateway goes on with: from the browser to the last service that hears of it.

const HEADER = "traceparent";
/** Version 00; the flag at the end asks for the trace to be kept. */
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/;

export function newTraceparent(): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}

/** Says in a request which trace it is of. */
export function beginTrace(request: Request): Request {
  request.headers.set(HEADER, newTraceparent());
  return request;
}

/** By what its traces and logs are found; undefined where a request begins none. */
export function traceIdOf(request: Request): string | undefined {
  return TRACEPARENT.exec(request.headers.get(HEADER) ?? "")?.[1];
}

function randomHex(bytes: number): string {
  // All zeros would name no trace; that many are not drawn.
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
