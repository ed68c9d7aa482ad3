import { describe, expect, it } from "vitest";
import { ariaSort, COLUMNS, layOut, nextSort, parseShown, toggleColumn, USUAL, writeShown } from "./columns.ts";

const column = (id: string) => {
  const found = COLUMNS.find((candidate) => candidate.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe("the columns that are shown", () => {
  it("are the usual ones until somebody chose", () => {
    expect(parseShown(null)).toEqual(USUAL);
  });

  it("survive being kept", () => {
    const shown = toggleColumn(USUAL, "mae");
    expect(parseShown(writeShown(shown))).toEqual(shown);
  });

  it("stay in the order of the table", () => {
    const shown = toggleColumn(toggleColumn(USUAL, "side"), "side");
    expect(shown).toEqual(USUAL);
  });

  it("always name the row, and nothing that there is not", () => {
    expect(toggleColumn(USUAL, "symbol")).toContain("symbol");
    expect(parseShown("net,nonsense,<script>")).toEqual(["symbol", "net"]);
    expect(parseShown("")).toEqual(["symbol"]);
  });

  it("have a track each", () => {
    expect(layOut(["symbol", "tags"]).template).toBe("minmax(132px, 132fr) minmax(100px, 1fr)");
    expect(layOut(["symbol", "tags"]).width).toBe(232);
  });
});

describe("the order", () => {
  it("turns round when a head is pressed again", () => {
    expect(nextSort(column("closed"), undefined)).toBe("closed_at");
    expect(nextSort(column("closed"), "closed_at")).toBe("-closed_at");
    expect(nextSort(column("opened"), undefined)).toBe("-opened_at");
  });

  it("is told to those who cannot see it, and only where there is one", () => {
    expect(ariaSort(column("closed"), undefined)).toBe("descending");
    expect(ariaSort(column("opened"), undefined)).toBe("none");
    expect(ariaSort(column("r"), undefined)).toBeUndefined();
    expect(nextSort(column("r"), "opened_at")).toBe("opened_at");
  });
});
