// The trace that a request begins.

import { expect, test } from "vitest";
import { beginTrace, newTraceparent, traceIdOf } from "./trace";

test("a request carries a trace of its own, which its copy shares", () => {
  const request = beginTrace(new Request("http://journal.example/v1/me"));

  expect(request.headers.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traceIdOf(request)).toHaveLength(32);
  expect(traceIdOf(request.clone())).toBe(traceIdOf(request));
});

test("no two are the same", () => {
  expect(new Set(Array.from({ length: 100 }, newTraceparent)).size).toBe(100);
});

test("what carries none, or one of another version, has no id", () => {
  expect(traceIdOf(new Request("http://journal.example/"))).toBeUndefined();
  expect(traceIdOf(new Request("http://journal.example/", { headers: { traceparent: "01-junk" } }))).toBeUndefined();
});
