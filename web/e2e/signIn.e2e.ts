// Ways in: by a mailed link, by an authenticator app, by a passkey, and by a session that is renewed without anybody noticing.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { hasMails, mailedAddress } from "./support/mail";
import { arrive, PASSWORD } from "./support/person";
import { codeOf, nextCodeOf } from "./support/totp";

const browser = withBrowser();
const NEW_PASSWORD = "another harbour in summer 8";

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /journal\.example/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in*");
}

async function atTheDashboard(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
}

test.skipIf(!hasMails)("the links of mails confirm an address and set a new password", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const heard = complaints(page);
  const email = `iris-${crypto.randomUUID()}@journal.example`;
  await page.goto(`${base}/register`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await atTheDashboard(page);

  await page.goto(await mailedAddress(email, "verify-email"));
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  // The token stays neither in the address bar nor in the history.
  expect(page.url()).toBe(`${base}/verify-email`);
  await page.getByRole("link", { name: "Open the journal" }).click();
  await signOut(page);

  await page.getByRole("link", { name: "Forgot it?" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("heading", { name: "Look at your mail" }).waitFor();
  const link = await mailedAddress(email, "reset-password");
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("heading", { name: "Your new password counts" }).waitFor();

  await typePassword(page, email, PASSWORD);
  await page.getByText("The address or the password is wrong.").waitFor();
  await typePassword(page, email, NEW_PASSWORD);
  await atTheDashboard(page);
  await signOut(page);
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("This link was used before", { exact: false }).waitFor();
  expect(heard).toEqual([]);
  await context.close();
});

test("an authenticator app is set up and asked for, and a recovery code stands in for it once", async () => {
  const context = await browser().newContext(DESKTOP);
  const { email } = await arrive(context, "Tove");
  const page = await context.newPage();
  await page.goto(`${base}/settings/security`);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByRole("dialog").getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  const secret = (await page.getByRole("dialog").locator("code").first().textContent()) ?? "";
  await page.getByLabel("Code of the app").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("This code is wrong. Wait for the next one.").waitFor();
  await page.getByLabel("Code of the app").fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const codes = await page.getByRole("dialog").locator("li code").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole("button", { name: "I kept them" }).click();
  await page.getByText("Codes are asked for").waitFor();

  await signOut(page);
  await typePassword(page, email, PASSWORD);
  // The code that set it up is used up; the last digit of another one is as good as a press of the button.
  await page.getByLabel("Code of your authenticator app").fill(nextCodeOf(secret));
  await atTheDashboard(page);

  await signOut(page);
  await typePassword(page, email, PASSWORD);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel(/recovery code/i).fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await atTheDashboard(page);
  await page.goto(`${base}/settings/security`);
  await page.getByText("9 of 10 left, for when the app is lost.").waitFor();
  await context.close();
});

test("a passkey is made, and signs in without a password", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context, "Pia");
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.goto(`${base}/settings/security`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("This laptop");
  await page.getByRole("dialog").getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This laptop", { exact: true }).waitFor();

  const signedIn = page.waitForResponse("**/v1/auth/passkeys/login/finish");
  await page.getByRole("button", { name: /journal\.example/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  // Some browsers sign in by themselves, as they suggest the passkey in the field of the address.
  await page.getByRole("button", { name: "Sign in with a passkey" }).click({ timeout: 3000 }).catch(() => undefined);

  expect((await signedIn).ok()).toBe(true);
  await atTheDashboard(page);
  await context.close();
});

test("two tabs whose session ran out renew it once, and nobody notices", async () => {
  const context = await browser().newContext(DESKTOP);
  await arrive(context, "Nils");
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto(base);
    await atTheDashboard(tab);
  }
  let refreshes = 0;
  let refused = 0;
  context.on("response", (response) => {
    if (response.url() === `${base}/v1/auth/refresh`) refreshes += 1;
    else if (response.status() === 401) refused += 1;
  });
  await context.clearCookies({ name: "access" });

  const answered = tabs.map((tab) => tab.waitForResponse((response) => response.url().includes("/v1/trades?") && response.ok()));
  await Promise.all(tabs.map((tab) => tab.getByRole("link", { name: "Trades", exact: true }).click()));

  await Promise.all(answered);
  expect(refused).toBeGreaterThanOrEqual(2);
  expect(refreshes).toBe(1);
  for (const tab of tabs) expect(await tab.getByRole("dialog").count()).toBe(0);
  await context.close();
});
