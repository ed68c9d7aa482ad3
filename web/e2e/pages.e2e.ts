// Every page, on a desk and on a phone, each in both themes: nothing that axe finds, nothing that the policy stops, nothing wider than the screen.

import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, complaints, DESKTOP, PHONE, withBrowser } from "./support/browser";
import { everyPage, populate, type Populated } from "./support/everyPage";
import { arrive } from "./support/person";

const browser = withBrowser();
const LOOKS = [
  { look: "a desk", options: { ...DESKTOP, colorScheme: "light", reducedMotion: "reduce" }, other: "dark" },
  { look: "a phone", options: { ...PHONE, colorScheme: "dark", reducedMotion: "reduce" }, other: "light" },
] as const;
/** What axe finds that depends on colours. */
const COLOURS = ["color-contrast", "link-in-text-block"];

let populated: Populated;
let owner: BrowserContext;

beforeAll(async () => {
  owner = await browser().newContext(DESKTOP);
  populated = await populate(owner);
});
afterAll(() => owner.close());

for (const { look, options, other } of LOOKS) {
  test(`on ${look}, every page is sound`, async () => {
    const context = await browser().newContext({ ...options, storageState: await owner.storageState() });
    const page = await context.newPage();
    const heard = complaints(page);
    const faults: Record<string, unknown> = {};
    for (const path of everyPage(populated)) {
      const found = await faultsOf(page, path, other);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
    expect(heard).toEqual([]);
    await context.close();
  });

  test(`on ${look}, every page is sound for somebody who has nothing yet`, async () => {
    const context = await browser().newContext(options);
    await arrive(context, "Newcomer");
    const page = await context.newPage();
    const faults: Record<string, unknown> = {};
    for (const path of ["/", "/trades", "/imports", "/journal", "/analytics", "/accounts", "/settings"]) {
      const found = await faultsOf(page, path, other);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
    await context.close();
  });

  test(`on ${look}, the pages before sign-in are sound`, async () => {
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const faults: Record<string, unknown> = {};
    for (const path of ["/sign-in", "/register", "/forgot-password"]) {
      const found = await faultsOf(page, path, other);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
    await context.close();
  });
}

async function faultsOf(page: Page, path: string, otherTheme: "light" | "dark"): Promise<string[]> {
  await page.goto(base + path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  const told = await violations(new AxeBuilder({ page }));
  const before = await page.evaluate(() => document.documentElement.dataset["theme"]);
  await page.emulateMedia({ colorScheme: otherTheme });
  await page.waitForFunction((theme) => document.documentElement.dataset["theme"] === theme, otherTheme);
  const inOther = await violations(new AxeBuilder({ page }).withRules(COLOURS));
  await page.emulateMedia({ colorScheme: before === "dark" ? "dark" : "light" });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const all = [...told, ...inOther.map((violation) => `${otherTheme}: ${violation}`)];
  return wider > 0 ? [...all, `${wider} px wider than the screen`] : all;
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
