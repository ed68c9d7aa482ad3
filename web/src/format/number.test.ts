import { describe, expect, it } from "vitest";
import { formatCompact, formatCount, formatNumber, formatShare, NONE } from "./number";

const locale = "en-US";

describe("formatNumber", () => {
  it("groups by locale and keeps every digit", () => {
    expect(formatNumber("12345678901234567890.000000000000000001", { locale })).toBe("12,345,678,901,234,567,890.000000000000000001");
    expect(formatNumber("-1234567.5", { locale: "de-DE" })).toBe("−1.234.567,5");
  });

  it("rounds half to even where digits are asked for", () => {
    expect(["2.345", "2.355", "-2.345"].map((text) => formatNumber(text, { locale, digits: 2 }))).toEqual(["2.34", "2.36", "−2.34"]);
  });

  it("signs gains and losses, not zero", () => {
    const signed = (text: string) => formatNumber(text, { locale, digits: 2, signed: true });
    expect(["1", "-1", "0", "-0.001"].map(signed)).toEqual(["+1.00", "−1.00", "0.00", "0.00"]);
  });

  it("shows that there is none, and what is infinite", () => {
    expect([formatNumber(null), formatNumber(undefined), formatNumber("inf")]).toEqual([NONE, NONE, "∞"]);
  });
});

describe("shares and counts", () => {
  it("are percent with a digit", () => {
    expect(formatShare(0.54166, { locale })).toBe("54.2%");
    expect(formatShare(-0.0204, { locale, digits: 2, signed: true })).toBe("−2.04%");
    expect(formatShare(null)).toBe(NONE);
  });

  it("are in the singular for one", () => {
    expect([formatCount(1, "trade"), formatCount(1200, "trade", "trades", locale)]).toEqual(["1 trade", "1,200 trades"]);
  });

  it("are short on an axis", () => {
    expect([formatCompact(1234, locale), formatCompact(-2_500_000, locale)]).toEqual(["1.2K", "−2.5M"]);
  });
});
