// The main path without a mouse.

import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { base, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, importFile, openAccount } from "./support/person";

const browser = withBrowser();

/** More stops than any page has. */
const MOST_STOPS = 150;

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

test("from the dashboard to a note on a trade, by keys alone", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await importFile(context, await openAccount(context, "Main"), "july.xml", demoFile("interactive-brokers.xml"));
  const page = await context.newPage();
  await page.goto(base);
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();

  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip to content");
  await tabTo(page, page.getByRole("link", { name: "Trades", exact: true }));
  await page.keyboard.press("Enter");
  // The table is one stop; the arrows move in it.
  const table = page.getByRole("grid", { name: "Trades" });
  await table.getByRole("gridcell").first().waitFor();
  await tabTo(page, table);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/trade/*");
  await tabTo(page, page.getByLabel("Notes of this trade"));
  await page.keyboard.type("By keys alone.");
  await page.getByText("Saved").first().waitFor();
  await context.close();
});
