// What an answer to an upload brings: its headers as `fetch` has them.

import { expect, test, vi } from "vitest";

vi.stubGlobal("location", { origin: "http://journal.example" });
const { headersOf } = await import("./upload");

test("headers are taken from the lines of the browser", () => {
  const headers = headersOf("content-type: application/problem+json\r\nretry-after: 30\r\nlocation: http://a:8080/v1\r\n");
  expect(Object.fromEntries(headers)).toEqual({ "content-type": "application/problem+json", "retry-after": "30", location: "http://a:8080/v1" });
});

test("nothing is made of what is no header", () => {
  expect([...headersOf("")]).toEqual([]);
  expect([...headersOf("broken\r\n: empty\r\n")]).toEqual([]);
});
