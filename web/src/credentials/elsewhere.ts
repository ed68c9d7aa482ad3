// What a sign-in elsewhere came back with: the gateway says the reason and the provider in the address of the page.

export interface Elsewhere {
  /** As the API names its problems. */
  readonly problem?: string;
  readonly provider?: string;
}

/** Names of providers are letters, digits and hyphens; another text in the address is nobody's name. */
const NAME = /^[a-z0-9-]{1,40}$/i;

/** What the address says of it. Another page's parameters are left out. */
export function elsewhereOf(search: Readonly<Record<string, unknown>>): Elsewhere {
  const { problem, provider } = search;
  return {
    ...(typeof problem === "string" && problem !== "" ? { problem } : {}),
    ...(typeof provider === "string" && NAME.test(provider) ? { provider } : {}),
  };
}

/** Where who signs in again comes back to: a page that first looks who it is, and then goes on to the path. */
export function againAddress(path: string): string {
  return `/sign-in?${new URLSearchParams({ again: "true", return_to: path })}`;
}

/** `google` as `Google`. */
export function providerName(provider: string): string {
  return provider.charAt(0).toUpperCase() + provider.slice(1);
}
