import { describe, expect, it } from "vitest";
import { passwordRules } from "./passwordRules";

const ada = { email: "ada.lovelace@example.com", name: "Ada Lovelace" };
const met = (password: string) => passwordRules(password, ada).map((rule) => rule.isMet);

describe("passwordRules", () => {
  it("counts what is missing while one types", () => {
    expect(passwordRules("twelve chars", ada)[0]?.text).toBe("At least 15 characters: 3 more");
    expect(passwordRules("", ada)[0]?.text).toBe("At least 15 characters");
    expect(passwordRules("x".repeat(130), ada)[0]?.text).toBe("At most 128 characters: 2 too many");
  });

  it("counts characters, not their code units", () => {
    expect(met("🌊".repeat(14))[0]).toBe(false);
    expect(met("🌊".repeat(15))[0]).toBe(true);
  });

  it("is content with two words of one's own", () => {
    expect(met("correct horse battery")).toEqual([true, true]);
  });

  it("sees one's address, one's name and the product's in it", () => {
    expect(met("ada.lovelace@example.com")).toEqual([true, false]);
    expect(met("AdaLovelace-1815!")).toEqual([true, false]);
    expect(met("Trading Journal 2026")).toEqual([true, false]);
  });
});
