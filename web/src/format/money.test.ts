import { describe, expect, it } from "vitest";
import { formatAmount, formatAxisAmount, isRounded, shortAmount } from "./money";
import { NONE } from "./number";

const locale = "en-US";

describe("formatAmount", () => {
  it("has the digits of its currency", () => {
    expect(formatAmount("1234.5", "USD", { locale })).toBe("$1,234.50");
    expect(formatAmount("1234.5", "JPY", { locale })).toBe("¥1,234");
    expect(formatAmount("-1234.5", "EUR", { locale: "de-DE", signed: true })).toBe("−1.234,50\u00a0€");
  });

  it("never hides a coin's digits that matter", () => {
    expect(formatAmount("0.00012", "BTC", { locale, signed: true })).toBe("+0.00012 BTC");
    expect(formatAmount("12.5", "USDT", { locale })).toBe("12.5 USDT");
  });

  it("knows R and percent", () => {
    expect(formatAmount("1.256", "R", { locale, signed: true })).toBe("+1.26R");
    expect(formatAmount("-0.5", "%", { locale })).toBe("−0.50%");
  });

  it("shows every digit when asked, and tells when some are hidden", () => {
    expect(formatAmount("0.125", "USD", { locale })).toBe("$0.12");
    expect(formatAmount("0.125", "USD", { locale, exact: true })).toBe("$0.125");
    expect([isRounded("0.125", "USD"), isRounded("0.1200", "USD")]).toEqual([true, false]);
  });

  it("is a dash for nothing", () => {
    expect([formatAmount(null, "USD"), formatAmount("", "USD")]).toEqual([NONE, NONE]);
  });
});

it("is short where there is little room", () => {
  const short = (amount: string) => shortAmount(amount, "USD", { locale, signed: true });
  expect(["-172.43", "1116.92", "0.5", "7.01", "0"].map(short)).toEqual(["−$172", "+$1.1K", "+$0.5", "+$7", "$0"]);
  expect(shortAmount("-0.45", "R", { locale })).toBe("−0.4R");
});

it("is short on an axis", () => {
  expect(formatAxisAmount(-1500, "USD", locale)).toBe("−$1.5K");
  expect(formatAxisAmount(1.5, "R", locale)).toBe("1.5R");
});
