// From the first visit to sign-out: what a trader does on the first day.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, get, importFile, openAccount, PASSWORD, signIn, until } from "./support/person";

const browser = withBrowser();

interface Summary {
  readonly trades: number;
  readonly net_pnl: { readonly amount: string };
  readonly profit_factor: string;
  readonly win_rate: { readonly value: number };
}

test("somebody registers, imports a file, and sees the figures of the API", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const heard = complaints(page);
  await page.goto(`${base}/register`);
  await page.getByLabel("Name").fill("Grace");
  await page.getByLabel("E-mail").fill(`grace-${crypto.randomUUID()}@journal.example`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await page.getByRole("link", { name: "Imports", exact: true }).click();
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Main");
  await page.getByRole("dialog").getByLabel("Broker").fill("Interactive Brokers");
  await page.getByRole("dialog").getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Files to import").setInputFiles({ name: "july.xml", mimeType: "text/xml", buffer: demoFile("interactive-brokers.xml") });
  await page.getByText("249 new", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("249 new fills").first().waitFor();

  const summary = await until(async () => {
    const told = (await get(context.request, "/v1/analytics/summary")) as Summary;
    return told.trades === 74 ? told : undefined;
  }, "the statistics are of all trades");
  await page.getByRole("link", { name: "Dashboard", exact: true }).click();
  const figures = page.getByLabel("Key figures");
  await figures.locator(`data[value="${summary.net_pnl.amount}"]`).waitFor();
  expect(summary.net_pnl.amount).toBe("4295.47");
  expect(await figures.textContent()).toContain("+$4,295.47");
  expect(await figures.locator(`data[value="${summary.profit_factor}"]`).count()).toBe(1);
  expect(await figures.textContent()).toContain(`${(summary.win_rate.value * 100).toFixed(1)}%`);
  expect(heard).toEqual([]);
  await context.close();
});

test("notes and tags stay, an import is undone, and the other tab follows", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  const account = await openAccount(context, "Main");
  const importId = await importFile(context, account, "july.xml", demoFile("interactive-brokers.xml"));
  const page = await context.newPage();
  await page.goto(`${base}/trades`);
  await page.getByRole("link", { name: /TSLA|MSFT|AAPL/ }).first().click();

  await page.getByLabel("Notes of this trade").fill("Waited for the **pullback**.");
  await page.getByText("Saved").first().waitFor();
  await page.getByRole("combobox", { name: "Tags" }).fill("patience");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove patience" }).waitFor();
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";
  await until(async () => {
    const trade = (await get(context.request, `/v1/trades/${id}`)) as { notes: string; tags: string[] };
    return trade.notes === "Waited for the **pullback**." && trade.tags.includes("patience") ? true : undefined;
  }, "note and tag are stored");
  await page.reload();
  // What the device keeps of before is shown until the answer is there.
  await until(async () => {
    const notes = await page.getByLabel("Notes of this trade").inputValue();
    return notes === "Waited for the **pullback**." ? true : undefined;
  }, "the note is shown after a reload");

  const other = await context.newPage();
  await other.goto(base);
  await other.getByText("+$4,295.47").first().waitFor();
  await page.goto(`${base}/import/${importId}`);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await page.getByText("Undone").first().waitFor();
  // Nobody touches the other tab.
  await other.getByText("+$4,295.47").first().waitFor({ state: "detached", timeout: 15_000 });
  await context.close();
});

test("a note that is written without a network is kept, and sent when there is one", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await openAccount(context, "Main");
  const page = await context.newPage();
  await page.goto(`${base}/journal/2026-03-02`);
  const note = page.getByLabel(/^Note of/);
  await note.waitFor();

  await context.setOffline(true);
  await note.fill("Written in a tunnel.");
  await page.waitForFunction(() => !document.body.innerText.includes("Saving"));
  await context.setOffline(false);

  await until(async () => {
    const { notes } = (await get(context.request, "/v1/journal/2026-03-02")) as { notes: string };
    return notes === "Written in a tunnel." ? true : undefined;
  }, "the note reaches the server");
  await context.close();
});

test("a note that was left without a network is sent when the journal is opened again, wherever that is", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await openAccount(context, "Main");
  const page = await context.newPage();
  await page.goto(`${base}/journal/2026-03-05`);
  await page.getByLabel(/^Note of/).waitFor();
  await context.setOffline(true);
  await page.getByLabel(/^Note of/).fill("Left in a hurry.");
  await page.getByText("Kept on this device").waitFor();
  await page.close();
  await context.setOffline(false);

  const later = await context.newPage();
  await later.goto(`${base}/trades`);

  await until(async () => {
    const { notes } = (await get(context.request, "/v1/journal/2026-03-05")) as { notes: string };
    return notes === "Left in a hurry." ? true : undefined;
  }, "the note reaches the server");
  await context.close();
});

test("of two who write the same note one is asked, and nothing is lost", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  await openAccount(context, "Main");
  const [first, second] = [await context.newPage(), await context.newPage()];
  const note = (page: Page) => page.getByLabel(/^Note of/);
  for (const page of [first, second]) {
    await page.goto(`${base}/journal/2026-03-03`);
    await note(page).waitFor();
  }

  // The second page hears of nothing while the first one saves.
  await second.route("**/v1/journal/2026-03-03", async (route) => {
    if (route.request().method() === "GET") await route.abort();
    else await route.continue();
  });
  await note(first).fill("One.");
  await first.getByText("Saved").first().waitFor();
  await second.unroute("**/v1/journal/2026-03-03");
  await note(second).fill("Two.");
  await second.getByText("This note was also changed elsewhere.").waitFor();
  await second.getByRole("button", { name: "Merge both" }).click();

  await until(async () => {
    const { notes } = (await get(context.request, "/v1/journal/2026-03-03")) as { notes: string };
    return notes.includes("One.") && notes.includes("Two.") ? true : undefined;
  }, "both are in the note");
  await context.close();
});

test("who signs out elsewhere is asked to sign in again, over the page, with what was typed still there", async () => {
  const context = await browser().newContext(DESKTOP);
  const person = await arrive(context);
  await openAccount(context, "Main");
  const page = await context.newPage();
  await page.goto(`${base}/journal/2026-03-04`);
  await page.getByLabel(/^Note of/).waitFor();
  const elsewhere = await browser().newContext(DESKTOP);
  await signIn(elsewhere, person);
  const { items } = (await get(elsewhere.request, "/v1/auth/sessions")) as { items: { id: string; current: boolean }[] };

  for (const { id, current } of items) {
    if (!current) await elsewhere.request.delete(`${base}/v1/auth/sessions/${id}`, { headers: { origin: base, "content-type": "application/json" } });
  }
  await page.getByLabel(/^Note of/).fill("Half a thought");

  const dialog = page.getByRole("dialog");
  await dialog.waitFor({ timeout: 30_000 });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByLabel(/^Note of/).inputValue()).toBe("Half a thought");
  await until(async () => {
    const { notes } = (await get(context.request, "/v1/journal/2026-03-04")) as { notes: string };
    return notes === "Half a thought" ? true : undefined;
  }, "the note is stored under the new session");
  await Promise.all([context.close(), elsewhere.close()]);
});

test("signing out in one tab signs out the other", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  const [page, other] = [await context.newPage(), await context.newPage()];
  await page.goto(base);
  await other.goto(`${base}/trades`);
  await page.getByRole("button", { name: /journal\.example/ }).click();

  await page.getByRole("menuitem", { name: "Sign out" }).click();

  await page.waitForURL("**/sign-in*");
  await other.waitForURL("**/sign-in*");
  await context.close();
});
