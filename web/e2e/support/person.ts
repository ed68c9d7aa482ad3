// Somebody with a journal: made over the API, so that each test begins where it is about something.

import { readFileSync } from "node:fs";
import type { APIRequestContext, BrowserContext } from "playwright-core";
import { base } from "./browser";

export const PASSWORD = "a quiet harbour in winter 7";

/** The demo files of the repository. */
export const DEMO = new URL("../../../xtask/demo/", import.meta.url);

export interface Person {
  readonly email: string;
}

/** Registers somebody and signs them in, in this browser. */
export async function arrive(context: BrowserContext, name = "Ada"): Promise<Person> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@journal.example`;
  await post(context.request, "/v1/auth/register", { email, password: PASSWORD, display_name: name });
  await signIn(context, { email });
  return { email };
}

export async function signIn(context: BrowserContext, { email }: Person): Promise<void> {
  await post(context.request, "/v1/auth/login", { email, password: PASSWORD });
}

export async function openAccount(context: BrowserContext, name: string, zone = "America/New_York"): Promise<string> {
  const account = { name, broker: "Interactive Brokers", currency: "USD", time_zone: zone };
  const { id } = (await post(context.request, "/v1/accounts", account)) as { id: string };
  return id;
}

/** Imports a file and waits until it and its statistics are done. */
export async function importFile(context: BrowserContext, accountId: string, name: string, content: Buffer): Promise<string> {
  const answer = await context.request.post(`${base}/v1/imports`, {
    headers: { origin: base, "x-requested-with": "e2e" },
    multipart: { account_id: accountId, file: { name, mimeType: "text/plain", buffer: content } },
  });
  if (!answer.ok()) throw new Error(`import: ${answer.status()} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  await until(async () => {
    const one = (await get(context.request, `/v1/imports/${id}`)) as { status: string; failure?: string };
    if (one.status === "failed") throw new Error(one.failure);
    return one.status === "completed" || undefined;
  }, "the import is completed");
  return id;
}

export function demoFile(name: string): Buffer {
  return readFileSync(new URL(name, DEMO));
}

export async function get(request: APIRequestContext, path: string, origin = base): Promise<unknown> {
  const answer = await request.get(origin + path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

export async function post(request: APIRequestContext, path: string, data: object): Promise<unknown> {
  const answer = await request.post(base + path, { data, headers: { origin: base } });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text === "" ? null : (JSON.parse(text) as unknown);
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | undefined>, what: string, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
