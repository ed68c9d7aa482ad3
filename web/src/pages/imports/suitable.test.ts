// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatBytes, unsuitable } from "./suitable";

test("what cannot be read is refused before it is sent, with what to do instead", () => {
  expect(unsuitable({ name: "july.PDF", size: 100 })).toContain("CSV");
  expect(unsuitable({ name: "july.tar.gz", size: 100 })).toContain("Unpack");
  expect(unsuitable({ name: "july.csv", size: 0 })).toContain("empty");
  expect(unsuitable({ name: "july.csv", size: 11 * 1024 * 1024 })).toContain("11 MiB");
});

test("anything else is worth a try, whatever it is called", () => {
  expect(unsuitable({ name: "july.csv", size: 10 * 1024 * 1024 })).toBeNull();
  expect(unsuitable({ name: "statement", size: 1 })).toBeNull();
  expect(unsuitable({ name: ".pdfx", size: 1 })).toBeNull();
});

test("sizes are told as people read them", () => {
  expect([7, 1024, 12_697, 10 * 1024 * 1024].map(formatBytes)).toEqual(["7 B", "1 KiB", "12.4 KiB", "10 MiB"]);
});
