// What happens elsewhere is shown within a second of the message that tells it.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { base, DESKTOP, withBrowser } from "./support/browser";
import { arrive, demoFile, importFile, openAccount, signIn, until } from "./support/person";

const browser = withBrowser();

/** Milliseconds from a message of the live stream until it is seen. */
const AT_MOST = 1000;

interface Watched {
  heard: { type: string; at: number }[];
  shown: number;
}

/** From now on, notes when a message arrives, and when the text is first shown. */
async function watch(page: Page, text: string): Promise<void> {
  await page.addInitScript((text) => {
    const watched: Watched = { heard: [], shown: 0 };
    Object.assign(globalThis, { watched });
    const Native = WebSocket;
    globalThis.WebSocket = class extends Native {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener("message", ({ data }) => {
          watched.heard.push({ type: (JSON.parse(String(data)) as { type: string }).type, at: performance.now() });
        });
      }
    };
    new MutationObserver(() => {
      if (watched.shown === 0 && document.body.textContent.includes(text)) watched.shown = performance.now();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, text);
}

/** How long after the last message of the type that came before it the text was shown. */
async function delay(page: Page, type: string): Promise<number> {
  await page.waitForFunction(() => (globalThis as unknown as { watched: Watched }).watched.shown > 0);
  return page.evaluate((type) => {
    const { heard, shown } = (globalThis as unknown as { watched: Watched }).watched;
    return shown - Math.max(...heard.filter((message) => message.type === type && message.at <= shown).map(({ at }) => at));
  }, type);
}

test("an import in one tab appears in the others: the statistics, and the bell", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context, "Liv");
  const account = await openAccount(context, "Main");
  const [dashboard, accounts] = [await context.newPage(), await context.newPage()];
  await watch(dashboard, "+$4,295.47");
  await watch(accounts, "1 unread");
  await dashboard.goto(base);
  await dashboard.getByText("Your journal is empty").waitFor();
  // The bell is asked for once the first page is there.
  const unread = accounts.waitForResponse((answer) => answer.url().includes("/v1/notifications?") && answer.url().includes("unread=true"));
  await accounts.goto(`${base}/accounts`);
  await unread;
  for (const page of [dashboard, accounts]) await page.getByText("Live", { exact: true }).waitFor();

  await importFile(context, account, "july.xml", demoFile("interactive-brokers.xml"));

  const told = { statistics: await delay(dashboard, "statistics.updated"), bell: await delay(accounts, "notification.created") };
  expect(told.statistics, JSON.stringify(told)).toBeLessThan(AT_MOST);
  expect(told.bell, JSON.stringify(told)).toBeLessThan(AT_MOST);

  await accounts.getByRole("link", { name: /^Inbox/ }).click();
  await accounts.getByRole("link", { name: "july.xml imported" }).click();
  await accounts.waitForURL("**/import/*");
  await accounts.getByText("1 unread").waitFor({ state: "detached" });
  await context.close();
});

test("what is read in one tab is read in the others, and on another device once one comes back to it", async () => {
  const context = await browser().newContext(DESKTOP);
  const person = await arrive(context, "Runa");
  const account = await openAccount(context, "Main");
  for (const [name, file] of [["july.xml", "interactive-brokers.xml"], ["more.csv", "tradovate.csv"]] as const) {
    await importFile(context, account, name, demoFile(file));
  }
  const [inbox, list, other] = [await context.newPage(), await context.newPage(), await context.newPage()];
  await inbox.goto(`${base}/inbox`);
  await list.goto(`${base}/inbox`);
  await other.goto(`${base}/accounts`);
  const device = await browser().newContext(DESKTOP);
  await signIn(device, person);
  const away = await device.newPage();
  let asked = 0;
  away.on("response", (answer) => (asked += answer.url().includes("unread=true") ? 1 : 0));
  await away.goto(`${base}/accounts`);
  for (const page of [inbox, list]) await page.getByText("2 notifications unread").waitFor();
  for (const page of [other, away]) await page.getByText("2 unread").waitFor();
  // What was there before the stream began is asked for once more; from then on nobody asks.
  await until(() => Promise.resolve(asked >= 2 ? true : undefined), "the other device asked again");

  await inbox.getByRole("button", { name: "Mark as read: more.csv imported" }).click();
  await list.getByText("1 notification unread").waitFor();
  expect(await list.getByRole("button", { name: "Mark as read: more.csv imported" }).count()).toBe(0);
  await other.getByText("1 unread").waitFor();
  await list.getByRole("button", { name: "Mark all as read" }).click();
  await inbox.getByText("All read").waitFor();
  await other.getByText(/\d unread/).waitFor({ state: "detached" });

  await away.evaluate(() => dispatchEvent(new Event("visibilitychange")));
  await away.getByText(/\d unread/).waitFor({ state: "detached" });
  await context.close();
  await device.close();
});
