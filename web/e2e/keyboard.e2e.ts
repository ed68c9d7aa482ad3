// The main path without a mouse.

import { expect, test } from "vitest";
import { base, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, importFile, openAccount } from "./support/person";

const browser = withBrowser();

test("from the dashboard to a note on a trade, by keys alone", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await importFile(context, await openAccount(context, "Main"), "july.xml", demoFile("interactive-brokers.xml"));
  const page = await context.newPage();
  await page.goto(base);
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();

  const tabTo = async (name: RegExp) => {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return label ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      });
      if (name.test(focused)) return;
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip to content");
  await tabTo(/^Trades$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Trades" }).waitFor();
  // The table is one stop; the arrows move in it.
  await tabTo(/^Trades$/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/trade/*");
  await page.getByLabel("Notes of this trade").waitFor();
  await tabTo(/^Notes of this trade$/);
  await page.keyboard.type("By keys alone.");
  await page.getByText("Saved").first().waitFor();
  await context.close();
});
