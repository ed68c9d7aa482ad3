// What others write is text: symbols, file names, notes and tags never run.

import { expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { arrive, get, importFile, openAccount, until } from "./support/person";

const browser = withBrowser();
const SCRIPT = `<img src=x onerror="window.broken=1">`;
const ROWS = [
  "timestamp,symbol,side,quantity,price,commission,fees,currency",
  ...[SCRIPT, '=HYPERLINK("https://elsewhere.example")', "\u202egnirts", "x".repeat(60)].flatMap((symbol, day) => [
    row(`2026-03-0${day + 2}T15:00:00Z`, symbol, "buy"),
    row(`2026-03-0${day + 2}T16:00:00Z`, symbol, "sell"),
  ]),
].join("\n");

function row(at: string, symbol: string, side: string): string {
  return `${at},"${symbol.replaceAll('"', '""')}",${side},10,${side === "buy" ? 100 : 101},1,0,USD`;
}

test("symbols, file names, notes and tags that are scripts are shown as they are written", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context);
  const account = await openAccount(context, `<script>window.broken=1</script>`, "UTC");
  const importId = await importFile(context, account, `${SCRIPT}.csv`, Buffer.from(ROWS));
  const { items } = (await get(context.request, "/v1/trades")) as { items: { id: string; symbol: string }[] };
  expect(items.length).toBeGreaterThan(0);
  const trade = items.find(({ symbol }) => symbol.toLowerCase().includes("onerror")) ?? items[0];
  await context.request.patch(`${base}/v1/trades/${trade?.id}`, {
    headers: { origin: base },
    data: { notes: `${SCRIPT}\n\n[click](javascript:window.broken=1)\n\n<script>window.broken=1</script>`, tags: [SCRIPT] },
  });
  await until(async () => {
    const { trades } = (await get(context.request, "/v1/analytics/summary")) as { trades: number };
    return trades >= items.length ? true : undefined;
  }, "the statistics are there");

  const page = await context.newPage();
  const heard = complaints(page);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
  });
  page.on("dialog", (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  for (const path of ["/", "/trades", `/trade/${trade?.id}`, `/import/${importId}`, "/imports", "/analytics", "/accounts", "/journal/2026-03-02"]) {
    await page.goto(base + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => "broken" in window), path).toBe(false);
    expect(await page.locator("a[href^='javascript:'], img[src='x'], img[src$='/x']").count(), path).toBe(0);
  }
  expect(heard).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
});
