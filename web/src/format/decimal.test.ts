import { describe, expect, it } from "vitest";
import { addDecimals, compareDecimals, fractionDigits, isDecimal, signOf, toPixels } from "./decimal";

describe("decimals", () => {
  it("are what the API sends, and nothing else", () => {
    for (const text of ["0", "-12.50", "123456789012345678901234567890.000000000000000001"]) expect(isDecimal(text)).toBe(true);
    for (const text of ["", "inf", "NaN", "1e5", "1,5", ".5", "--1"]) expect(isDecimal(text)).toBe(false);
  });

  it("have a sign, zero has none", () => {
    expect(["-0.01", "-0.00", "0", "3", "inf"].map(signOf)).toEqual([-1, 0, 0, 1, 0]);
  });

  it("have as many digits as matter", () => {
    expect(["1", "1.2300", "1.00", "0.000000000000000001"].map(fractionDigits)).toEqual([0, 2, 0, 18]);
  });

  it("are ordered by value where floats see no difference", () => {
    const sorted = ["9007199254740993", "-1", "9007199254740992", "0.10", "none", "0.1000000000000000001"];
    expect(sorted.sort(compareDecimals)).toEqual([
      "-1",
      "0.10",
      "0.1000000000000000001",
      "9007199254740992",
      "9007199254740993",
      "none",
    ]);
  });

  it("are added exactly", () => {
    expect(addDecimals("0.1", "0.2")).toBe("0.3");
    expect(addDecimals("-1", "0.999")).toBe("-0.001");
    expect(addDecimals("99999999999999999999.99", "0.01")).toBe("100000000000000000000.00");
  });

  it("become pixels only when they are numbers", () => {
    expect([toPixels("12.5"), toPixels("inf"), toPixels(null)]).toEqual([12.5, null, null]);
  });
});
