// Bad luck: a slow server, none at all, a clock that is wrong, a reader who wants no motion, and a client that is out of date.

import { createServer, type Server } from "node:http";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { populate, type Populated } from "./support/everyPage";
import { get, until } from "./support/person";

const browser = withBrowser();

let populated: Populated;
let owner: BrowserContext;
beforeAll(async () => {
  owner = await browser().newContext(DESKTOP);
  populated = await populate(owner);
});
afterAll(() => owner.close());

async function visit(options: object = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser().newContext({ ...DESKTOP, ...options, storageState: await owner.storageState() });
  return { context, page: await context.newPage() };
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("while the API takes three seconds the page keeps its shape, and what is typed stays", async () => {
  const { context, page } = await visit();
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) (globalThis as unknown as { shift: number }).shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await context.route("**/v1/**", async (route) => {
    await later(3000);
    await route.continue().catch(() => undefined);
  });
  await page.goto(base);
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await page.getByLabel("Key figures").waitFor();
  expect(await page.locator("data[value='4295.47']").count()).toBe(0);
  await page.locator("data[value='4295.47']").first().waitFor();
  await page.getByRole("slider", { name: /Equity/ }).waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThan(0.1);

  await page.getByRole("link", { name: "Journal", exact: true }).click();
  await page.getByLabel(/^Note of/).fill("Slow, ");
  // The first part is on its way while the second one is typed.
  await later(1500);
  await page.getByLabel(/^Note of/).pressSequentially("and still here.");
  await page.getByText("Saved").first().waitFor();
  expect(await page.getByLabel(/^Note of/).inputValue()).toBe("Slow, and still here.");
  await context.close();
});

test("over a slow line one sees how much of a file is sent, and may leave it out half-way", async () => {
  const { context, page } = await visit();
  const heard = complaints(page);
  await page.goto(`${base}/imports`);
  const line = await context.newCDPSession(page);
  await line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 150_000 });
  const rows = Array.from({ length: 6000 }, (_, row) => `${new Date(Date.UTC(2026, 2, 2) + row * 60_000).toISOString()},SYM,${row % 2 === 0 ? "buy" : "sell"},10,100.25,1,0,USD`);
  const buffer = Buffer.from(["timestamp,symbol,side,quantity,price,commission,fees,currency", ...rows].join("\n"));
  await page.getByLabel("Files to import").setInputFiles({ name: "slow.csv", mimeType: "text/csv", buffer });
  const bar = page.getByRole("progressbar", { name: "Sending slow.csv" });
  const values = new Set<number>();
  await until(async () => {
    const value = Number(await bar.getAttribute("aria-valuenow", { timeout: 10_000 }).catch(() => null));
    if (value > 0) values.add(value);
    return values.size >= 3 ? true : undefined;
  }, "the bar grows");
  const seen = [...values];
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(Math.max(...seen)).toBeLessThan(100);
  await page.getByText(/KiB of \d+(\.\d)? KiB sent/).waitFor();
  await page.getByText("6000 new", { exact: false }).first().waitFor();
  expect(await bar.count()).toBe(0);

  await page.getByLabel("Files to import").setInputFiles({ name: "left-out.csv", mimeType: "text/csv", buffer });
  const cancelled = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/v1/imports/preview"));
  await page.getByRole("progressbar", { name: "Sending left-out.csv" }).waitFor();
  await page.getByRole("button", { name: "Leave left-out.csv out" }).click();
  expect((await cancelled).failure()?.errorText).toContain("ERR_ABORTED");
  expect(heard).toEqual([]);
  await context.close();
});

test("without an API each page says so and offers to try again", async () => {
  const { context, page } = await visit();
  const heard = complaints(page);
  const problem = { type: "urn:journal:problem:unavailable", title: "Not available", status: 503, detail: "the journal is being repaired", trace_id: "0af7651916cd43dd8448eb211c80319c" };
  await page.goto(`${base}/settings/appearance`);
  // Who has not been on this device is known once the API said so.
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await context.route("**/v1/**", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }));
  const silent: string[] = [];
  for (const path of ["/", "/trades", `/trade/${populated.trade}`, "/imports", `/import/${populated.importId}`, "/journal/2026-09-25", "/analytics", "/accounts", "/inbox", "/settings/security"]) {
    await page.evaluate(() => indexedDB.deleteDatabase("journal.queries"));
    await page.goto(base + path);
    const alert = page.getByRole("alert").filter({ hasText: "The journal is being repaired." }).first();
    await alert.waitFor({ timeout: 15_000 }).catch(() => silent.push(path));
    expect(await page.getByText("This page could not be shown").count(), path).toBe(0);
  }
  expect(silent).toEqual([]);
  await page.getByText(`Reference ${problem.trace_id}`).first().waitFor();
  await context.unroute("**/v1/**");
  const card = page.getByRole("region", { name: "Passkeys" });
  await card.getByRole("button", { name: "Try again" }).click();
  await card.getByRole("alert").waitFor({ state: "detached" });
  expect(heard).toEqual([]);
  await context.close();
});

test("times are on the clock of the account, wherever the browser is and whatever it takes for today", async () => {
  const trade = (await get(owner.request, `/v1/trades/${populated.trade}`)) as { opened_at: string; account_id: string };
  const expected = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).format(new Date(trade.opened_at));
  const { context, page } = await visit({ timezoneId: "Asia/Tokyo", locale: "en-US" });
  const heard = complaints(page);
  await page.clock.setSystemTime(new Date("2031-01-31T23:30:00Z"));
  await page.goto(`${base}/trade/${populated.trade}`);
  await page.getByText(expected, { exact: false }).first().waitFor();
  await page.goto(base);
  await page.locator("data[value='4295.47']").first().waitFor();
  // Its session is none of the clock's business.
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(heard).toEqual([]);
  await context.close();
});

test("who wants no motion sees none", async () => {
  const { context, page } = await visit({ reducedMotion: "reduce" });
  await page.addInitScript(() => {
    Object.assign(globalThis, { moved: [] });
    const note = (event: AnimationEvent | TransitionEvent) => {
      if (event.elapsedTime > 0.01) (globalThis as unknown as { moved: string[] }).moved.push(event.type);
    };
    for (const type of ["animationend", "transitionend", "animationiteration"] as const) addEventListener(type, note, true);
  });
  await page.goto(base);
  await page.getByRole("slider", { name: /Equity/ }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  const long = await page.evaluate(() =>
    document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0) > 10).length,
  );
  expect(long).toBe(0);
  expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual([]);
  await context.close();
});

test("a new version is offered while the old one goes on, and takes its place when it is wanted", async () => {
  let version = "first";
  const released: Server = createServer((request, response) => {
    void (async () => {
      // A page is told from a file by what is accepted.
      const answer = await fetch(base + (request.url ?? "/"), { headers: { accept: request.headers.accept ?? "*/*" } });
      let body = Buffer.from(await answer.arrayBuffer());
      if (request.url === "/sw.js") body = Buffer.from(body.toString().replace(/journal-files-\w+/, `journal-files-${version}`));
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" }).end(body);
    })();
  });
  const port = await new Promise<number>((resolve) => {
    released.listen(0, "localhost", () => {
      const address = released.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  await page.goto(`http://localhost:${port}/sign-in`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  version = "second";
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await page.getByText("A new version is ready").waitFor();
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Reload" }).click();
  await reloaded;

  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.evaluate(() => caches.keys())).toEqual(["journal-files-second"]);
  expect(await page.getByText("A new version is ready").count()).toBe(0);
  await context.close();
  released.close();
});
