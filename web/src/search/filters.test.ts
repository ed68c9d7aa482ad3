import { describe, expect, it } from "vitest";
import { countFilters, NO_FILTERS, OF_STATISTICS, parseFilters, scopeOf, toSearch, without, type Filters } from "./filters";
import { analyticsQuery, tradesQuery } from "./query";
import { readSearch, writeSearch } from "./url";

const full: Filters = {
  account: "0192-ab",
  from: "2026-07-01",
  to: "2026-07-31",
  unit: "r",
  net: false,
  currency: "USD",
  symbol: ["1810", "BRK.B"],
  side: "short",
  outcome: ["win", "scratch"],
  status: "closed",
  tag: ["a & b", "ünïcode"],
  playbook: "p-1",
  mistake: ["no stop", "late & large"],
  rating: ["1", "5"],
  weekday: ["monday", "sunday"],
  hour: ["00", "23"],
  min_size: "0.5",
  max_size: "100",
  min_price: "-37.63",
  q: "late entry",
  sort: "-closed_at",
};

describe("filters", () => {
  it("survive the way through a URL", () => {
    expect(parseFilters(readSearch(writeSearch(toSearch(full))))).toEqual(full);
    expect(parseFilters(toSearch(full))).toEqual(full);
  });

  it("leave nothing in the URL when they are the defaults", () => {
    expect(toSearch(NO_FILTERS)).toEqual({});
    expect(writeSearch(toSearch(NO_FILTERS))).toBe("");
    expect(parseFilters({})).toEqual(NO_FILTERS);
  });

  it("never throw, and read what can be read", () => {
    for (const odd of [null, undefined, 7, "text", [], { symbol: { a: 1 }, from: {}, unit: [], net: null, outcome: [[]] }]) {
      expect(parseFilters(odd)).toEqual(NO_FILTERS);
    }
    expect(
      parseFilters({ unit: "euro", from: "2026-02-30", side: "long", account: "../x", sort: "a b", q: "\u0000 ok " }),
    ).toEqual({
      ...NO_FILTERS,
      side: "long",
      q: "ok",
    });
  });

  it("leave out what no trade could be", () => {
    const odd = { rating: ["6", "5", "5"], weekday: "moonday", hour: ["24", "9", "09"], mistake: ["", "a"] };
    expect(parseFilters(odd)).toEqual({ ...NO_FILTERS, rating: ["5"], hour: ["09"], mistake: ["a"] });
    expect(parseFilters({ min_size: "1e3", max_size: "1,000", min_price: "20", max_price: "3.5" })).toEqual({ ...NO_FILTERS, min_price: "20" });
  });

  it("undo what a router made of the text", () => {
    expect(parseFilters({ symbol: [1810, "A", "A"], net: false, tag: 5 })).toEqual({
      ...NO_FILTERS,
      symbol: ["1810", "A"],
      net: false,
      tag: ["5"],
    });
    expect(parseFilters({ net: "false" }).net).toBe(false);
  });

  it("put a range of days in order", () => {
    expect(parseFilters({ from: "2026-08-01", to: "2026-07-01" })).toMatchObject({ from: "2026-07-01", to: "2026-08-01" });
  });

  it("lead on with their scope alone, and count the rest", () => {
    expect(scopeOf(full)).toEqual({
      account: "0192-ab",
      from: "2026-07-01",
      to: "2026-07-31",
      unit: "r",
      net: false,
      currency: "USD",
    });
    expect([countFilters(full), countFilters(NO_FILTERS)]).toEqual([9, 0]);
    expect(countFilters(full, OF_STATISTICS)).toBe(13);
    expect(parseFilters(toSearch({ ...full, ...without([...OF_STATISTICS, "status", "sort"]) }))).toEqual({
      ...NO_FILTERS,
      ...scopeOf(full),
    });
  });
});

describe("queries", () => {
  it("are instants of the account's zone", () => {
    expect(analyticsQuery(full, "America/New_York")).toMatchObject({
      from: "2026-07-01T04:00:00Z",
      to: "2026-08-01T04:00:00Z",
      account_id: ["0192-ab"],
      unit: "r",
      net: false,
      text: "late entry",
      mistake: ["no stop", "late & large"],
      rating: [1, 5],
      playbook_id: ["p-1"],
      weekday: ["monday", "sunday"],
      hour: [0, 23],
      min_size: "0.5",
      max_size: "100",
      min_price: "-37.63",
    });
  });

  it("leave the defaults out", () => {
    expect(analyticsQuery(NO_FILTERS, "UTC")).toEqual({});
    expect(tradesQuery(NO_FILTERS, "UTC")).toEqual({});
    expect(tradesQuery(full, "UTC")).toMatchObject({ symbol: "1810", outcome: "win", status: "closed", sort: "-closed_at" });
    expect(tradesQuery(full, "UTC")).toMatchObject({ mistake: "no stop", rating: 1, playbook_id: "p-1" });
    expect(tradesQuery(full, "UTC")).not.toHaveProperty("hour");
  });
});
