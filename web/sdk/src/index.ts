// The client of the public API: paths, parameters, bodies and answers are typed by the generated schema.

import createFetchClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { Problem, paths } from "./schema.ts";

export type * from "./schema.ts";

/** As `openapi-fetch` reads types: it takes a readonly array for an object, and answers would have no array methods. */
export type Thawed<T> = T extends readonly (infer Item)[]
  ? Thawed<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Thawed<T[Name]> }
    : T;

/** Calls the API at `baseUrl` with the cookies of the page, or with the `Authorization` of `headers`. */
export function createClient(options: ClientOptions = {}): Client<Thawed<paths>> {
  return createFetchClient<Thawed<paths>>({ credentials: "include", ...options });
}

/** True for the one shape of every error (RFC 9457). */
export function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "type" in body && "title" in body && "status" in body;
}
