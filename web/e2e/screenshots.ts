// Pictures of every page, to be looked at: on a desk and on a phone, light and dark. They go to web/screenshots, which is not kept.

import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, DESKTOP, PHONE, withBrowser } from "./support/browser";
import { everyPage, populate, type Populated } from "./support/everyPage";

const FOLDER = new URL("../screenshots/", import.meta.url).pathname;
const browser = withBrowser();
const WELCOME = ["/sign-in", "/register", "/forgot-password"];

let populated: Populated;
let owner: Awaited<ReturnType<ReturnType<typeof browser>["newContext"]>>;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  owner = await browser().newContext(DESKTOP);
  populated = await populate(owner);
});
afterAll(() => owner.close());

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${device}, ${colorScheme}`, async () => {
      const storageState = await owner.storageState();
      const signedIn = await browser().newContext({ ...options, colorScheme, storageState });
      const stranger = await browser().newContext({ ...options, colorScheme });
      const taken: string[] = [];
      for (const [context, paths] of [[signedIn, everyPage(populated)], [stranger, WELCOME]] as const) {
        const page = await context.newPage();
        for (const path of paths) {
          await page.goto(base + path);
          await page.getByRole("heading", { level: 1 }).first().waitFor();
          await page.waitForLoadState("networkidle");
          await page.waitForFunction(() => document.querySelector("[class*='_skeleton_']") === null);
          // Charts fade in.
          await page.waitForTimeout(500);
          const name = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "id").replaceAll(/[^a-z0-9-]+/g, "-").replaceAll(/^-|-$/g, "") || "dashboard";
          // Two trades differ by their ids alone.
          const nth = taken.filter((other) => other === name).length + 1;
          await page.screenshot({ path: `${FOLDER}${name}${nth > 1 ? `-${nth}` : ""}-${device}-${colorScheme}.png`, fullPage: true });
          taken.push(name);
        }
        await context.close();
      }
      expect(taken).toHaveLength(everyPage(populated).length + WELCOME.length);
    });
  }
}
