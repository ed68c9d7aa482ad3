import { expect, it } from "vitest";
import { formatPrice } from "./price.ts";

it("shows as many digits as one trades by", () => {
  expect(formatPrice("24150.123456", "en")).toBe("24,150.12");
  expect(formatPrice("1.08345", "en")).toBe("1.08345");
  expect(formatPrice("0.0000123456", "en")).toBe("0.00001235");
  expect(formatPrice("300", "en")).toBe("300.00");
  expect(formatPrice("-37.63", "en")).toBe("−37.63");
});

it("is a dash where there is none", () => {
  expect(formatPrice(null)).toBe("—");
});
