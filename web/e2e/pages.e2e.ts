// Every page, on a desk and on a phone, light and dark: nothing that axe finds, nothing that the policy stops, nothing wider than the screen.

import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, complaints, DESKTOP, PHONE, withBrowser } from "./support/browser";
import { everyPage, populate, type Populated } from "./support/everyPage";
import { arrive } from "./support/person";

const browser = withBrowser();
const LOOKS = [
  { look: "a desk, light", options: { ...DESKTOP, colorScheme: "light" } },
  { look: "a phone, dark", options: { ...PHONE, colorScheme: "dark" } },
] as const;

let populated: Populated;
let owner: BrowserContext;

beforeAll(async () => {
  owner = await browser().newContext(DESKTOP);
  populated = await populate(owner);
});
afterAll(() => owner.close());

for (const { look, options } of LOOKS) {
  test(`on ${look}, every page is sound`, async () => {
    const context = await browser().newContext({ ...options, storageState: await owner.storageState() });
    const page = await context.newPage();
    const heard = complaints(page);
    const faults: Record<string, unknown> = {};
    for (const path of everyPage(populated)) {
      const found = await faultsOf(page, path);
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
      const found = await faultsOf(page, path);
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
      const found = await faultsOf(page, path);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
    await context.close();
  });
}

async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(base + path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return wider > 0 ? [...told, `${wider} px wider than the screen`] : told;
}
