// A small OpenID Connect provider: the page where somebody says yes or no, the code, and the token that it is good for (ES256, PKCE).
//
// The product has to be set up for it (`OIDC_PROVIDERS`) before it starts, so where it listens is told by `OIDC_ISSUER`.

import { createECDH, createHash, createPrivateKey, randomUUID, sign, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

/** Absent: the product knows no provider of this machine. */
export const ISSUER = process.env["OIDC_ISSUER"];

/** As the product knows it, and it the product. */
const CLIENT = { id: "journal", secret: "provider-secret" };
const KEY_ID = "key-1";

/** Whoever signs in there. */
export interface Somebody {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** Whether the provider vouches for the address. */
  readonly emailVerified: boolean;
}

export interface Provider {
  /** Who is signed in at the provider from now on. */
  readonly become: (somebody: Somebody) => void;
  /** From now on the provider gives no tokens. */
  readonly breakDown: () => void;
  readonly close: () => Promise<void>;
}

/** What the product asked for when it sent the browser here. */
interface Asked {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly challenge: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export async function startProvider(issuer: string, first: Somebody): Promise<Provider> {
  const key = keyOf(issuer);
  const pages = new Map<string, Asked>();
  const grants = new Map<string, Asked & { readonly somebody: Somebody }>();
  let somebody = first;
  let isBroken = false;

  const server = createServer((request, response) => {
    void answer(request)
      .catch(() => json(500, {}))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });

  async function answer(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? "/", issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(200, { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` });
      case "/keys":
        return json(200, { keys: [{ ...publicHalf(key), kid: KEY_ID, use: "sig", alg: "ES256" }] });
      case "/authorize":
        return ask(url.searchParams);
      case "/decide":
        return decide(url.searchParams);
      case "/token":
        return isBroken ? json(500, {}) : redeem(request.headers.authorization, await bodyOf(request));
      default:
        return json(404, {});
    }
  }

  /** The page with the two answers. */
  function ask(asked: URLSearchParams): Reply {
    const isSound =
      asked.get("response_type") === "code" &&
      asked.get("client_id") === CLIENT.id &&
      asked.get("code_challenge_method") === "S256" &&
      asked.get("scope")?.split(" ").includes("openid") === true;
    if (!isSound) return json(400, { error: "invalid_request" });
    const page = randomUUID();
    const told = (name: string) => asked.get(name) ?? "";
    pages.set(page, { redirectUri: told("redirect_uri"), state: told("state"), nonce: told("nonce"), challenge: told("code_challenge") });
    const body = `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to Trading Journal?</h1>
      <p><a href="/decide?page=${page}&answer=yes">Continue</a> <a href="/decide?page=${page}&answer=no">Cancel</a></p>`;
    return { status: 200, headers: { "content-type": "text/html" }, body };
  }

  /** Back to where the browser came from. */
  function decide(told: URLSearchParams): Reply {
    const asked = pages.get(told.get("page") ?? "");
    if (!asked) return json(400, {});
    pages.delete(told.get("page") ?? "");
    const back = new URL(asked.redirectUri);
    back.searchParams.set("state", asked.state);
    back.searchParams.set("iss", issuer);
    if (told.get("answer") === "yes") {
      const code = randomUUID();
      grants.set(code, { ...asked, somebody });
      back.searchParams.set("code", code);
    } else {
      back.searchParams.set("error", "access_denied");
    }
    return { status: 302, headers: { location: back.href }, body: "" };
  }

  function redeem(authorization: string | undefined, body: string): Reply {
    const form = new URLSearchParams(body);
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
    const proven = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    const isGood =
      grant?.challenge === proven &&
      grant.redirectUri === form.get("redirect_uri") &&
      form.get("grant_type") === "authorization_code" &&
      authorization === basic;
    if (!isGood) return json(400, { error: "invalid_grant" });
    return json(200, { access_token: "unused", token_type: "Bearer", id_token: tokenOf(grant.somebody, grant.nonce) });
  }

  function tokenOf({ subject, name, email, emailVerified }: Somebody, nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: CLIENT.id, sub: subject, iat: now, exp: now + 300, nonce, name, email, email_verified: emailVerified };
    const signed = [{ alg: "ES256", kid: KEY_ID, typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${signed}.${sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(Number(new URL(issuer).port), new URL(issuer).hostname, resolve);
  });
  return {
    become: (next) => (somebody = next),
    breakDown: () => (isBroken = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same at each start: a product that goes on keeps a provider's keys for an hour. */
function keyOf(issuer: string): KeyObject {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(createHash("sha256").update(issuer).digest());
  const [x, y] = [ecdh.getPublicKey().subarray(1, 33), ecdh.getPublicKey().subarray(33)];
  const jwk = { kty: "EC", crv: "P-256", d: ecdh.getPrivateKey().toString("base64url"), x: x.toString("base64url"), y: y.toString("base64url") };
  return createPrivateKey({ key: jwk, format: "jwk" });
}

function publicHalf(key: KeyObject): object {
  const { kty, crv, x, y } = key.export({ format: "jwk" });
  return { kty, crv, x, y };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function json(status: number, body: object): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
