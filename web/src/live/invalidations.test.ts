import { describe, expect, it } from "vitest";
import { staleBy } from "./invalidations";

const keys = (type: string, data = {}) => staleBy({ seq: 1, type, data }).map((key) => key[0]);

describe("staleBy", () => {
  it("reads the journal again after an import", () => {
    expect(keys("import.finished")).toEqual(expect.arrayContaining(["imports", "trades", "analytics", "journal"]));
  });

  it("reads only the import while it goes on", () => {
    expect(keys("import.progress")).toEqual(["imports"]);
  });

  it("sees from the notification that an export is done", () => {
    expect(keys("notification.created", { kind: "export-finished" })).toContain("exports");
    expect(keys("notification.created", { kind: "import-finished" })).not.toContain("exports");
  });

  it("leaves everything for messages of another version", () => {
    expect(keys("weather.changed")).toEqual([]);
  });
});
