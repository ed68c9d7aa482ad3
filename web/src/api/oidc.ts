// Accounts elsewhere that sign somebody in.

import { queryOptions } from "@tanstack/react-query";
import { api, call, fetchWithSession } from "./client";

/** Where people may sign in instead, by name. It changes with the server alone. */
export const providersQuery = queryOptions({
  queryKey: ["oidc-providers"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/auth/oidc", { signal }))).items.map(({ name }) => name),
  staleTime: Infinity,
});

export const identitiesQuery = queryOptions({
  queryKey: ["identities"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/auth/identities", { signal }))).items,
});

export function unlinkIdentity(id: string) {
  return call(api.DELETE("/v1/auth/identities/{id}", { params: { path: { id } } }));
}

/** For a link: the browser goes to the provider, and comes back signed in. */
export function signInAddress(provider: string, returnTo: string): string {
  return startAddress(provider, { return_to: returnTo });
}

/**
 * Leaves for the provider, to come back to `returnTo` with its account connected. Asked for first, so that what is refused (the last
 * sign-in is too long ago, say) is told here, on the page that is open.
 */
export async function leaveToConnect(provider: string, returnTo: string): Promise<void> {
  const address = startAddress(provider, { link: "true", return_to: returnTo });
  const response = await fetchWithSession(new Request(address, { redirect: "manual" }));
  // Where it leads no script may know: that it leads on is enough.
  if (response.type !== "opaqueredirect") {
    const error: unknown = await response.json().catch(() => undefined);
    await call(Promise.resolve({ error, response }));
  }
  location.assign(address);
}

function startAddress(provider: string, parameters: Record<string, string>): string {
  return `/v1/auth/oidc/${encodeURIComponent(provider)}/start?${new URLSearchParams(parameters)}`;
}
