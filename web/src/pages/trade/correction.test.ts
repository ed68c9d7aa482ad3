import { expect, it } from "vitest";
import { correctionOf, statementOf } from "./correction.ts";

const fill = { side: "buy", quantity: "100", price: "71.18", commission: "1.00", fees: "0", executed_at: "2026-07-01T13:30:05Z" };
const stated = { ...statementOf(fill), reason: "The broker's mail says so" };

it("states only what is another value", () => {
  const { correction, errors } = correctionOf(fill, { ...stated, price: "71.20", commission: "1", executed_at: "2026-07-01T15:30:05+02:00" });
  expect(errors).toEqual({});
  expect(correction).toEqual({ price: "71.20", reason: "The broker's mail says so" });
});

it("is none while nothing is stated anew", () => {
  expect(correctionOf(fill, stated).correction).toBeNull();
});

it("needs numbers, a time with its offset, and a reason", () => {
  const { errors } = correctionOf(fill, { ...stated, quantity: "0", price: "x", executed_at: "2026-07-01 13:30", reason: " " });
  expect(Object.keys(errors).sort()).toEqual(["executed_at", "price", "quantity", "reason"]);
});
