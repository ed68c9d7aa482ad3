// What a notification is about, in words and by its link.

import { expect, test } from "vitest";
import { pathOf } from "./about";

test("a notification leads to what it is about", () => {
  expect(pathOf({ kind: "import-finished", subject_id: "0197" })).toBe("/import/0197");
  expect(pathOf({ kind: "import-failed", subject_id: "a/../b" })).toBe("/import/a%2F..%2Fb");
  expect(pathOf({ kind: "import-failed" })).toBe("/imports");
  expect(pathOf({ kind: "export-finished", subject_id: "0197" })).toBe("/settings/data");
  expect(pathOf({ kind: "session-reused", subject_id: "0197" })).toBe("/settings/sessions");
});

test("one of a kind that is not known leads nowhere", () => {
  expect(pathOf({ kind: "full-moon", subject_id: "0197" })).toBeNull();
});
