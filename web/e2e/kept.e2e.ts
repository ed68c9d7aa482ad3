// What is set up once is there the next time: views, columns, templates; and how a file is read is seen before it counts.

import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, get, importFile, openAccount, until } from "./support/person";

const browser = withBrowser();

let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  context = await browser().newContext(DESKTOP);
  await arrive(context, "Karl");
  await importFile(context, await openAccount(context, "Main"), "july.xml", demoFile("interactive-brokers.xml"));
  page = await context.newPage();
});
afterAll(() => context.close());

test("a saved view and the chosen columns survive a reload", async () => {
  await page.goto(`${base}/trades?side=short&sort=net_pnl`);
  const table = page.getByRole("grid", { name: "Trades" });
  await table.getByRole("gridcell").first().waitFor();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "MFE" }).click();
  await page.keyboard.press("Escape");
  await table.getByRole("columnheader", { name: "MFE" }).waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByLabel("Save this view as").fill("Worst shorts");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "Worst shorts" }).waitFor();

  await page.goto(`${base}/trades`);
  await page.reload();

  await table.getByRole("columnheader", { name: "MFE" }).waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("link", { name: "Worst shorts" }).click();
  await page.waitForURL((url) => url.searchParams.get("side") === "short" && url.searchParams.get("sort") === "net_pnl");
  await page.getByRole("button", { name: /^Remove filter: .*short/i }).waitFor();
});

test("a file is read again in another zone and as another format, before anything is stored", async () => {
  await page.goto(`${base}/imports`);
  const rows = "timestamp,symbol,side,quantity,price,commission,fees,currency\n2026-03-02 15:00:00,ZONE,buy,10,100,1,0,USD\n";
  await page.getByLabel("Files to import").setInputFiles({ name: "zoneless.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  const draft = page.getByRole("region", { name: "zoneless.csv" });
  await draft.getByText("1 new", { exact: false }).first().waitFor();

  const readAgain = page.waitForResponse("**/v1/imports/preview");
  await draft.getByLabel("Time zone of the file").fill("Asia/Tokyo");
  await readAgain;
  await draft.getByText("Asia/Tokyo", { exact: false }).first().waitFor();

  await draft.getByLabel("Format").selectOption("ibkr-flex-xml");
  await draft.getByText("This file cannot be imported as it is").waitFor();
  expect(await draft.getByRole("button", { name: "Import", exact: true }).isDisabled()).toBe(true);
  await draft.getByRole("button", { name: "Leave zoneless.csv out" }).click();
  const { items } = (await get(context.request, "/v1/imports")) as { items: readonly unknown[] };
  expect(items).toHaveLength(1);
});

test("a template is written once, and begins the notes of days", async () => {
  await page.goto(`${base}/journal/2026-03-09`);
  await page.getByRole("button", { name: "Template" }).click();
  await page.getByRole("menuitem", { name: "Write a template" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Before the open");
  await dialog.getByLabel("Text").fill("- [ ] Slept well");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("button", { name: "Delete" }).waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Template" }).click();
  await page.getByRole("menuitem", { name: "Before the open" }).click();

  await until(async () => ((await page.getByLabel(/^Note of/).inputValue()) === "- [ ] Slept well" ? true : undefined), "it is in the note");
  const { notes } = (await get(context.request, "/v1/journal/2026-03-09")) as { notes: string };
  expect(notes).toBe("- [ ] Slept well");
});
