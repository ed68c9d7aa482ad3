// `npm run dev`: what is changed in the sources is seen at once, and the page goes on as it was.
//
// Vite runs on a copy of the sources in a folder of the system for such things, so that the checkout stays as it is whatever happens
// to this test.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer as createListener } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { afterAll, expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { arrive } from "./support/person";

const browser = withBrowser();
const HOME = fileURLToPath(new URL("..", import.meta.url));
const COPIED = ["src", "public", "sdk/src", "bundle", "index.html", "vite.config.ts", "package.json", "tsconfig.json"];

const copy = mkdtempSync(join(tmpdir(), "journal-hot-reload-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Packages are linked one by one: what Vite keeps in `node_modules` stays in the copy. */
function copySources(): void {
  for (const part of COPIED) cpSync(join(HOME, part), join(copy, part), { recursive: true });
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(HOME, "node_modules"))) {
    if (!name.startsWith(".vite")) symlinkSync(join(HOME, "node_modules", name), join(copy, "node_modules", name));
  }
}

function change(file: string, from: string, to: string): void {
  const source = readFileSync(join(copy, file), "utf8");
  expect(source, file).toContain(from);
  writeFileSync(join(copy, file), source.replace(from, to));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const listener = createListener();
    listener.listen(0, "localhost", () => {
      const address = listener.address();
      listener.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

test("a change of a component and of a style is seen without a reload, and what was typed stays", async () => {
  copySources();
  process.env["GATEWAY_URL"] = base;
  const port = await freePort();
  const vite = await createServer({
    root: copy,
    configFile: join(copy, "vite.config.ts"),
    logLevel: "silent",
    // Files of packages, such as fonts, are where the links lead.
    server: { port, host: "localhost", fs: { allow: [copy, join(HOME, "node_modules")] } },
  });
  await vite.listen();
  const context = await browser().newContext(DESKTOP);
  try {
    await arrive(context, "Heidi");
    const page = await context.newPage();
    const heard = complaints(page);
    await page.goto(`http://localhost:${port}/settings/profile`, { timeout: 60_000 });
    await page.getByText("You sign in with it, and mails about your account go there.").waitFor({ timeout: 60_000 });
    // Through the same door as everything else: the live stream too.
    await page.getByText("Live", { exact: true }).waitFor();
    // Vite loads the page anew once it knows all packages that are needed; from here on nothing does.
    await page.waitForLoadState("networkidle");
    await page.getByLabel("Name").fill("Typed, not saved");
    await page.evaluate(() => Object.assign(globalThis, { since: "before" }));

    change("src/pages/settings/ProfileSection.tsx", "You sign in with it, and mails about your account go there.", "Changed while the page was open.");
    await page.getByText("Changed while the page was open.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Typed, not saved");

    change("src/ui/Card.module.css", ".title {", ".title {\n  letter-spacing: 7px;");
    await page.waitForFunction(() => [...document.querySelectorAll("h2")].some((title) => getComputedStyle(title).letterSpacing === "7px"));
    expect(await page.evaluate(() => (globalThis as unknown as { since?: string }).since)).toBe("before");
    expect(await page.getByLabel("Name").inputValue()).toBe("Typed, not saved");
    expect(heard).toEqual([]);
  } finally {
    await context.close();
    await vite.close();
  }
});
