// @vitest-environment jsdom
import { expect, it } from "vitest";
import { localPath } from "./returnTo";

it.each([
  ["/trades?symbol=AAPL#x", "/trades?symbol=AAPL#x"],
  [undefined, "/"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example/", "/"],
  ["/\\elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
])("leads from %s to %s", (path, expected) => {
  expect(localPath(path)).toBe(expected);
});
