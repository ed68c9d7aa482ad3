// What is written about trades beside their notes: playbooks, ratings, mistakes, pictures, and tags on many at once.

import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, get, importFile, openAccount, until } from "./support/person";

const browser = withBrowser();

interface Trade {
  readonly id: string;
  readonly tags: readonly string[];
  readonly mistakes: readonly string[];
  readonly rating: number | null;
  readonly playbook_id: string | null;
  readonly followed_rules: readonly string[];
}

/** The smallest PNG there is: one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

async function trades(context: BrowserContext): Promise<readonly Trade[]> {
  const { items } = (await get(context.request, "/v1/trades?status=closed&limit=5")) as { items: readonly Trade[] };
  return items;
}

async function populated(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await importFile(context, await openAccount(context, "Main"), "july.xml", demoFile("interactive-brokers.xml"));
  return { context, page: await context.newPage() };
}

test("a trade is reviewed by a playbook, rated, and gets a picture; all of it stays, and counts", async () => {
  const { context, page } = await populated();
  const heard = complaints(page);
  const [trade] = await trades(context);
  await page.goto(`${base}/trade/${trade?.id}`);
  await page.getByRole("button", { name: "New", exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Gap and go");
  await dialog.getByLabel("Rules, one a line").fill("Gap above 2 %\nWaited for the pullback");
  await dialog.getByRole("button", { name: "Create" }).click();

  await page.getByLabel("Waited for the pullback").click();
  await page.getByRole("checkbox", { name: "Waited for the pullback", checked: true }).waitFor();
  await page.getByRole("radio", { name: "4 of 5" }).click();
  await page.getByRole("combobox", { name: "Mistakes" }).fill("too late");
  await page.keyboard.press("Enter");
  await page.locator("input[type=file][accept*=png]").setInputFiles({ name: "chart.png", mimeType: "image/png", buffer: PIXEL });
  await page.getByRole("img", { name: "chart.png" }).waitFor();

  const kept = await until(async () => {
    const now = (await get(context.request, `/v1/trades/${trade?.id}`)) as Trade;
    return now.rating === 4 && now.mistakes.length === 1 && now.followed_rules.length === 1 ? now : undefined;
  }, "the review is stored");
  expect(kept.mistakes).toEqual(["too late"]);
  expect(kept.playbook_id).not.toBeNull();
  await page.reload();
  await page.getByRole("img", { name: "chart.png" }).waitFor();
  expect(await page.getByLabel("Waited for the pullback").isChecked()).toBe(true);

  // Statistics hear of it a moment later.
  await until(async () => {
    const { rows } = (await get(context.request, "/v1/analytics/breakdown?by=mistake")) as { rows: readonly { key: string }[] };
    return rows.some(({ key }) => key === "too late") ? true : undefined;
  }, "the mistake counts");
  await page.goto(`${base}/analytics?by=playbook`);
  const figures = page.getByRole("table", { name: "Figures by playbook" });
  await figures.getByRole("cell", { name: "Gap and go", exact: true }).waitFor();
  await figures.getByRole("cell", { name: "No playbook", exact: true }).waitFor();
  await page.getByRole("combobox", { name: "Group by" }).selectOption("mistake");
  await page.getByRole("cell", { name: "too late", exact: true }).waitFor();
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  await page.getByRole("combobox", { name: "Execution rating" }).selectOption("4");
  await page.getByRole("cell", { name: "No mistake noted", exact: true }).waitFor({ state: "detached" });
  expect(new URL(page.url()).search).toBe("?by=mistake&rating=4");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove filter: Execution: 4 of 5" }).click();
  await page.getByRole("cell", { name: "No mistake noted", exact: true }).waitFor();
  expect(heard).toEqual([]);
  await context.close();
});

test("many trades are tagged at once, and it is undone at once", async () => {
  const { context, page } = await populated();
  await page.goto(`${base}/trades?status=closed`);
  // The whole cell is what one presses; the box in it only shows.
  const cells = page.locator("[data-select]").filter({ has: page.getByRole("checkbox", { name: /^Select / }) });
  await cells.nth(0).click();
  await cells.nth(1).click();
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await page.getByRole("combobox", { name: "Add" }).fill("earnings");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Apply" }).click();
  const tagged = async () => (await trades(context)).filter(({ tags }) => tags.includes("earnings")).length;
  await until(async () => ((await tagged()) === 2 ? true : undefined), "two trades are tagged");

  await page.getByRole("button", { name: "Undo" }).click();

  await until(async () => ((await tagged()) === 0 ? true : undefined), "the tags are gone");
  await context.close();
});

test("a tag that is renamed in the settings is renamed on its trades, also when that takes the server two attempts", async () => {
  const { context, page } = await populated();
  const [trade] = await trades(context);
  await context.request.patch(`${base}/v1/trades/${trade?.id}`, { headers: { origin: base }, data: { tags: ["earnigns"] } });
  await page.goto(`${base}/settings/labels`);
  const problem = { type: "urn:journal:problem:timeout", title: "Timeout", status: 504, detail: "the answer took too long; try again" };
  await page.route("**/v1/tags/*", (route) => route.fulfill({ status: 504, contentType: "application/problem+json", body: JSON.stringify(problem) }), { times: 1 });
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("earnings");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("This takes longer than usual").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Try again" }).click();

  await page.getByText("earnings", { exact: true }).waitFor();
  const now = (await get(context.request, `/v1/trades/${trade?.id}`)) as Trade;
  expect(now.tags).toEqual(["earnings"]);
  await context.close();
});
