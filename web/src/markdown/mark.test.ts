import { expect, it } from "vitest";
import { mark } from "./mark.ts";

it("marks what is selected, and takes the mark off again", () => {
  const marked = mark("a word here", 2, 6, "**");
  expect(marked).toEqual({ text: "a **word** here", start: 4, end: 8 });
  expect(mark(marked.text, marked.start, marked.end, "**")).toEqual({ text: "a word here", start: 2, end: 6 });
});

it("leaves the cursor between the marks where nothing is selected", () => {
  expect(mark("", 0, 0, "_")).toEqual({ text: "__", start: 1, end: 1 });
});
