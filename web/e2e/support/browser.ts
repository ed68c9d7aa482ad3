// Debian's Chromium, driven by Playwright.

import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

/** The gateway of a product of its own, which serves the built client. `localhost`, as passkeys know domains alone. */
export const base = (process.env["GATEWAY_URL"] ?? "http://localhost:8080").replace("127.0.0.1", "localhost");

/** Nothing is asked of anybody but the gateway. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** One browser for the tests of a file. */
export function withBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (!browser) throw new Error("the browser runs during tests alone");
    return browser;
  };
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What a page complained about: errors of scripts, and what its policy stopped. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    // That a request was answered with 401 or 404 is said as well; whether that is right is another question.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) heard.push(text);
  });
  return heard;
}
