import { expect, it } from "vitest";
import { whyNotImage } from "./images.ts";

const image = { name: "chart.png", type: "image/png", size: 1000 };

it("says before the upload what would be refused", () => {
  expect(whyNotImage(image)).toBeNull();
  expect(whyNotImage({ ...image, type: "image/svg+xml" })).toMatch(/no PNG/);
  expect(whyNotImage({ ...image, type: "" })).toMatch(/no PNG/);
  expect(whyNotImage({ ...image, size: 10 * 1024 * 1024 + 1 })).toMatch(/has 10\.0 MiB/);
  expect(whyNotImage({ ...image, size: 0 })).toMatch(/empty/);
});
