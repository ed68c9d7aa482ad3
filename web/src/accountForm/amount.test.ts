import { describe, expect, it } from "vitest";
import { parseAmount, withSign } from "./amount";

describe("parseAmount", () => {
  it.each([
    ["25000", "25000"],
    ["25,000.50", "25000.50"],
    ["1,234,567", "1234567"],
    ["1234,5", "1234.5"],
    ["25 000.5", "25000.5"],
    ["−12.30", "-12.30"],
    ["0.00000001", "0.00000001"],
    ["123456789012345678901234567890.12", "123456789012345678901234567890.12"],
  ])("reads %s", (typed, amount) => expect(parseAmount(typed)).toBe(amount));

  it.each(["", "abc", "1.2.3", "1,2,3", "12,34.5", "1e5", "--1", "."])("refuses %s", (typed) =>
    expect(parseAmount(typed)).toBeNull(),
  );
});

describe("withSign", () => {
  it("pays and receives", () => {
    expect(withSign("10.00", true)).toBe("-10.00");
    expect(withSign("-10.00", true)).toBe("-10.00");
    expect(withSign("-10.00", false)).toBe("10.00");
    expect(withSign("0.00", true)).toBe("0.00");
  });
});
