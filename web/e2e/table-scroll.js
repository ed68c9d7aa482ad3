// How many frames a second the table of 100,000 trades scrolls with: WEB_URL=http://127.0.0.1:8080 node e2e/table-scroll.js
//
// A user of its own imports 200,000 fills, which takes a few minutes; EMAIL and PASSWORD of a user who has them skip that. It ends
// with 1 below 50 frames a second.

/* global document, fetch, File, FormData, performance, process, requestAnimationFrame, setTimeout */

import { chromium } from "playwright-core";

const web = process.env.WEB_URL ?? "http://127.0.0.1:8080";
const email = process.env.EMAIL ?? `scroll-${Date.now()}@journal.example`;
const password = process.env.PASSWORD ?? "a table scrolls well when nobody notices";
const TRADES = 100_000;
const ENOUGH = 50;

/** Round trips of ten shares, a minute long each, one every ten minutes. */
function fills() {
  const begin = Date.UTC(2022, 0, 3, 14, 30);
  const at = (minutes) => new Date(begin + minutes * 60_000).toISOString().slice(0, 19);
  const lines = Array.from({ length: TRADES }, (_, trade) => {
    const symbol = `SYM${trade % 10}`;
    const price = 100 + (trade % 97) / 4;
    const [first, second] = trade % 3 === 0 ? ["sell", "buy"] : ["buy", "sell"];
    const result = price + ((trade % 7) - 3) / 8;
    return `${at(trade * 10)},${symbol},${first},10,${price}\n${at(trade * 10 + 1)},${symbol},${second},10,${result}`;
  });
  return `timestamp,symbol,side,quantity,price\n${lines.join("\n")}\n`;
}

/** In the page, so that its cookies and its origin are those of the client. */
async function signIn(page, isNew) {
  await page.goto(`${web}/sign-in`);
  await page.evaluate(
    async ({ email, password, isNew }) => {
      const post = (path, body) =>
        fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      if (isNew) await post("/v1/auth/register", { email, password, display_name: "Scroll" });
      const answer = await post("/v1/auth/login", { email, password });
      if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
    },
    { email, password, isNew },
  );
}

async function importFills(page) {
  await page.evaluate(async (csv) => {
    const account = await fetch("/v1/accounts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Many trades", broker: "Generic", currency: "USD", time_zone: "America/New_York" }),
    }).then((answer) => answer.json());
    const form = new FormData();
    form.append("account_id", account.id);
    form.append("file", new File([csv], "many.csv"));
    const begun = await fetch("/v1/imports", { method: "POST", headers: { "x-requested-with": "fetch" }, body: form }).then((answer) => answer.json());
    for (;;) {
      const { status, failure } = await fetch(`/v1/imports/${begun.id}`).then((answer) => answer.json());
      if (status === "completed") return;
      if (status === "failed") throw new Error(failure);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }, fills());
}

/** Scrolls by `speed` pixels a second for `milliseconds`, and counts the frames. */
async function scroll(page, speed, milliseconds) {
  return page.evaluate(
    ({ speed, milliseconds }) =>
      new Promise((resolve) => {
        const table = document.querySelector("[role=grid]");
        const begin = performance.now();
        const frames = [];
        let last = begin;
        const step = (now) => {
          frames.push(now - last);
          table.scrollTop += (speed * (now - last)) / 1000;
          last = now;
          if (now - begin < milliseconds) requestAnimationFrame(step);
          else resolve(frames);
        };
        requestAnimationFrame(step);
      }),
    { speed, milliseconds },
  ).then((frames) => {
    const sorted = frames.toSorted((a, b) => a - b);
    const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000;
    return { perSecond: Math.round((frames.length / seconds) * 10) / 10, p95: Math.round(sorted[Math.floor(sorted.length * 0.95)]) };
  });
}

/** Goes to the end until no more pages follow. */
async function readAll(page) {
  const table = page.getByRole("grid", { name: "Trades" });
  for (let rows = 0; rows < TRADES; ) {
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForTimeout(100);
    rows = Number(await table.getAttribute("aria-rowcount"));
  }
  await table.evaluate((element) => element.scrollTo(0, 0));
  await page.waitForTimeout(1000);
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const isNew = process.env.EMAIL === undefined;
  await signIn(page, isNew);
  if (isNew) await importFills(page);
  await page.goto(`${web}/trades`);
  await page.getByRole("row").nth(10).waitFor();

  const results = { "while pages arrive": await scroll(page, 3000, 10_000) };
  await readAll(page);
  results["all 100,000, by the wheel"] = await scroll(page, 3000, 10_000);
  results["all 100,000, by a fling"] = await scroll(page, 12_000, 10_000);
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  process.exitCode = Object.values(results).every(({ perSecond }) => perSecond >= ENOUGH) ? 0 : 1;
} finally {
  await browser.close();
}
