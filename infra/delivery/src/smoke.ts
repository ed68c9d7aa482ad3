// Whether the journal works for somebody who comes in through the door.

import { randomUUID } from "node:crypto";
import type { Context } from "./context.ts";
import { told } from "./failure.ts";
import { pause } from "./waiting.ts";

/** Somebody who may sign in, for a look at every service. */
export interface Visitor {
  readonly email: string;
  readonly password: string;
}

interface Check {
  readonly name: string;
  /** A sentence when something is wrong. */
  readonly make: (url: string) => Promise<string | undefined>;
}

const PATIENCE = 10_000;

/** Read from the surroundings; without them nobody signs in. */
export function visitorFrom(variables: NodeJS.ProcessEnv): Visitor | undefined {
  const [email, password] = [variables.SMOKE_EMAIL, variables.SMOKE_PASSWORD];
  return email && password ? { email, password } : undefined;
}

/** Makes every check, each several times until it is well. The sentence that is returned says what is not. */
export async function failureAtTheDoor(context: Context, url: string, visitor?: Visitor): Promise<string | undefined> {
  for (const check of checks(visitor)) {
    let fault: string | undefined;
    for (let tries = 1; tries <= context.pace.smokeTries; tries += 1) {
      if (tries > 1) await pause(context.pace.smokePause, context.stop);
      fault = await check.make(url).catch((error: unknown) => told(error));
      if (fault === undefined) break;
    }
    if (fault !== undefined) return `${check.name}: ${fault}`;
    context.say(`${check.name}: well`);
  }
  return undefined;
}

function checks(visitor: Visitor | undefined): Check[] {
  const all: Check[] = [
    { name: "the gateway is ready", make: async (url) => expectStatus(await ask(url, "/ready"), 200) },
    { name: "the web client is there", make: webClient },
    { name: "a stranger is refused (gateway, auth, database)", make: stranger },
  ];
  return visitor === undefined ? all : [...all, { name: "a visitor signs in and sees every service", make: (url) => visit(url, visitor) }];
}

async function webClient(url: string): Promise<string | undefined> {
  const answer = await ask(url, "/", { headers: { accept: "text/html" } });
  const type = answer.headers.get("content-type") ?? "";
  return expectStatus(answer, 200) ?? (type.startsWith("text/html") ? undefined : `/ answers ${type || "without a content type"}, not HTML`);
}

async function stranger(url: string): Promise<string | undefined> {
  const answer = await signIn(url, { email: `smoke-${randomUUID()}@journal.example`, password: randomUUID() });
  return expectStatus(answer, 401);
}

async function visit(url: string, visitor: Visitor): Promise<string | undefined> {
  const answer = await signIn(url, visitor);
  const refusal = expectStatus(answer, 200);
  if (refusal !== undefined) return refusal;
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) return "the answer to a sign-in has no access_token";
  const headers = { authorization: `Bearer ${token}` };
  for (const path of ["/v1/me", "/v1/accounts", "/v1/analytics/summary?currency=USD", "/v1/notifications"]) {
    const fault = expectStatus(await ask(url, path, { headers }), 200);
    if (fault !== undefined) return fault;
  }
  await ask(url, "/v1/auth/logout", { method: "POST", headers });
  return undefined;
}

function signIn(url: string, { email, password }: Visitor): Promise<Response> {
  const body = JSON.stringify({ email, password, delivery: "body", device_name: "smoke test" });
  return ask(url, "/v1/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body });
}

function ask(url: string, path: string, request: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, url), { ...request, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
}

function expectStatus(answer: Response, status: number): string | undefined {
  return answer.status === status ? undefined : `${new URL(answer.url).pathname} answers ${answer.status} instead of ${status}`;
}
