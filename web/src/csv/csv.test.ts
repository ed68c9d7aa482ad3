import { describe, expect, it } from "vitest";
import { cell, line } from "./csv.ts";

describe("a cell", () => {
  it("keeps every digit of a number, and its sign", () => {
    expect(cell("-0.123456789012345678")).toBe("-0.123456789012345678");
    expect(cell("100000000000000000000.10")).toBe("100000000000000000000.10");
  });

  it.each(["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "  =1", "-1+2", "\r=1"])("is never a formula: %j", (text) => {
    expect(cell(text).replace(/^"/, "")).toMatch(/^'/);
  });

  it("quotes what would break its line, and doubles quotes", () => {
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(cell("two\nlines")).toBe('"two\nlines"');
  });

  it("is empty for what is not there", () => {
    expect(cell(null)).toBe("");
  });
});

it("a line ends as RFC 4180 says", () => {
  expect(line(["AAPL", null, "1.50"])).toBe("AAPL,,1.50\r\n");
});
