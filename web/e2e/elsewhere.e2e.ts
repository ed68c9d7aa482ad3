// Accounts elsewhere: signing in with one, connecting and disconnecting one, and what is said when the provider says no.

import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base, complaints, DESKTOP, withBrowser } from "./support/browser";
import { get, PASSWORD } from "./support/person";
import { ISSUER, startProvider, type Provider, type Somebody } from "./support/provider";

const browser = withBrowser();

/** Where the product believes to be, and the provider sends browsers back to: to a browser another site than the provider's `localhost`. */
const here = base.replace("localhost", "127.0.0.1");

function somebody(name: string, more: Partial<Somebody> = {}): Somebody {
  const subject = crypto.randomUUID();
  return { subject, name, email: `${name.toLowerCase()}-${subject}@elsewhere.example`, emailVerified: true, ...more };
}

let provider: Provider;
beforeAll(async () => {
  if (ISSUER !== undefined) provider = await startProvider(ISSUER, somebody("Nobody"));
});
afterAll(async () => {
  await (provider as Provider | undefined)?.close();
});

/** Somebody with a password, signed in on this page. */
async function register(page: Page, name: string): Promise<string> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@journal.example`;
  await page.goto(`${here}/register`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  return email;
}

/** On the provider's page. */
async function decide(page: Page, answer: "Continue" | "Cancel"): Promise<void> {
  await page.getByRole("heading", { name: "Sign in to Trading Journal?" }).waitFor();
  await page.getByRole("link", { name: answer }).click();
}

async function emailOf(context: BrowserContext): Promise<string> {
  const { email } = (await get(context.request, "/v1/me", here)) as { email: string };
  return email;
}

test.skipIf(ISSUER === undefined)("somebody signs in with an account elsewhere, and comes to the page that was asked for", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const heard = complaints(page);
  const nina = somebody("Nina");
  provider.become(nina);
  await page.goto(`${here}/imports`);
  await page.getByRole("link", { name: "Continue with Company" }).click();
  await decide(page, "Continue");

  await page.getByRole("heading", { name: "Imports" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/imports");
  expect(await emailOf(context)).toBe(nina.email);
  await page.reload();
  await page.getByRole("button", { name: nina.email }).waitFor();
  await page.goto(`${here}/settings/security`);
  const card = page.getByRole("region", { name: "Connected accounts" });
  await card.getByText("Company", { exact: true }).waitFor();
  expect(await card.getByRole("button", { name: "Connect Company" }).count()).toBe(0);
  expect(heard).toEqual([]);
  await context.close();
});

test.skipIf(ISSUER === undefined)("an account elsewhere is connected in the settings, signs in, and is disconnected", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const heard = complaints(page);
  const email = await register(page, "Oda");
  const oda = somebody("Oda");
  provider.become(oda);
  await page.goto(`${here}/settings/security`);
  const card = page.getByRole("region", { name: "Connected accounts" });
  await card.getByRole("button", { name: "Connect Company" }).click();
  await decide(page, "Continue");

  await page.getByText("Company is connected").waitFor();
  expect(page.url()).toBe(`${here}/settings/security`);
  await card.getByRole("button", { name: "Disconnect" }).waitFor();
  expect(await card.getByRole("button", { name: "Connect Company" }).count()).toBe(0);
  await page.reload();
  await card.getByRole("button", { name: "Disconnect" }).waitFor();
  expect(await page.getByText("Company is connected").count()).toBe(0);

  const elsewhere = await browser().newContext(DESKTOP);
  const other = await elsewhere.newPage();
  await other.goto(`${here}/sign-in`);
  await other.getByRole("link", { name: "Continue with Company" }).click();
  await decide(other, "Continue");
  await other.getByRole("heading", { name: "Dashboard" }).waitFor();
  expect(await emailOf(elsewhere)).toBe(email);

  // Somebody else may not have it as well.
  const stranger = await browser().newContext(DESKTOP);
  const third = await stranger.newPage();
  await register(third, "Rolf");
  await third.goto(`${here}/settings/security`);
  await third.getByRole("button", { name: "Connect Company" }).click();
  await decide(third, "Continue");
  await third.getByText("This account of Company signs somebody else in").waitFor();

  await card.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Disconnect" }).click();
  await card.getByRole("button", { name: "Connect Company" }).waitFor();
  expect(await card.getByRole("button", { name: "Disconnect" }).count()).toBe(0);
  expect(heard).toEqual([]);
  for (const each of [context, elsewhere, stranger]) await each.close();
});

test.skipIf(ISSUER === undefined)("who signed in too long ago signs in again, and then goes to connect", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const email = await register(page, "Ulf");
  provider.become(somebody("Ulf"));
  await page.goto(`${here}/settings/security`);
  // Ten minutes are too long for a test.
  const refusal = { type: "urn:journal:problem:reauthentication-required", title: "Reauthentication required", status: 403 };
  await page.route("**/v1/auth/oidc/**", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(refusal) }), { times: 1 });
  await page.getByRole("button", { name: "Connect Company" }).click();
  await page.getByRole("dialog", { name: "Sign in again" }).getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("dialog", { name: "Sign in again" }).getByRole("button", { name: "Sign in", exact: true }).click();
  await decide(page, "Continue");
  await page.getByText("Company is connected").waitFor();

  // Who has no password signs in again where they always do.
  const disconnect = async () => {
    await page.getByRole("region", { name: "Connected accounts" }).getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Disconnect" }).click();
  };
  const refuse = () =>
    page.route("**/v1/auth/identities/*", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(refusal) }), { times: 1 });
  await refuse();
  await disconnect();
  await page.getByRole("dialog", { name: "Sign in again" }).getByRole("link", { name: "Continue with Company" }).click();
  await decide(page, "Continue");
  await page.waitForURL(`${here}/settings/security`);
  expect(await emailOf(context)).toBe(email);

  // At the provider, somebody else may be signed in by now: then it is their journal that is opened.
  await refuse();
  await disconnect();
  const other = somebody("Wim");
  provider.become(other);
  await page.getByRole("dialog", { name: "Sign in again" }).getByRole("link", { name: "Continue with Company" }).click();
  await decide(page, "Continue");
  await page.waitForURL(`${here}/settings/security`);
  await page.getByRole("button", { name: other.email }).waitFor();
  expect(await page.getByText(email).count()).toBe(0);
  await context.close();
});

test.skipIf(ISSUER === undefined)("what went wrong elsewhere is said where one began", async () => {
  const context = await browser().newContext(DESKTOP);
  const page = await context.newPage();
  const heard = complaints(page);
  const alert = page.getByRole("alert");
  const tryWith = async (who: Somebody, answer: "Continue" | "Cancel") => {
    provider.become(who);
    await page.goto(`${here}/sign-in`);
    await page.getByRole("link", { name: "Continue with Company" }).click();
    await decide(page, answer);
  };
  await tryWith(somebody("Vera"), "Cancel");
  await alert.filter({ hasText: "Company did not say who you are" }).waitFor();
  await page.getByRole("link", { name: "Continue with Company" }).waitFor();
  await tryWith(somebody("Vera", { emailVerified: false }), "Continue");
  await alert.filter({ hasText: "Company does not vouch for your address" }).waitFor();

  const email = await register(page, "Vera");
  await page.goto(`${here}/settings/security`);
  await page.getByRole("button", { name: "Connect Company" }).click();
  await decide(page, "Cancel");
  await alert.filter({ hasText: "Company did not say who you are" }).waitFor();
  await page.getByRole("button", { name: "Connect Company" }).waitFor();
  expect(page.url()).toBe(`${here}/settings/security`);

  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await tryWith(somebody("Vera", { email }), "Continue");
  await alert.filter({ hasText: "Your address has an account here already" }).waitFor();
  provider.breakDown();
  await tryWith(somebody("Vera"), "Continue");
  await alert.filter({ hasText: "Company does not answer" }).waitFor();
  expect(heard).toEqual([]);
  await context.close();
});
