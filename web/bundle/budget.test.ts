import { expect, test } from "vitest";
import { reachable } from "./budget.ts";

test("what the entry imports counts, however far away, and once", () => {
  const chunks = new Map([
    ["entry", { imports: ["router", "shared"] }],
    ["router", { imports: ["shared"] }],
    ["shared", { imports: ["entry"] }],
    ["page", { imports: ["shared"] }],
  ]);

  expect([...reachable(chunks, ["entry"])].sort()).toEqual(["entry", "router", "shared"]);
});
