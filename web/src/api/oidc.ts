// Accounts elsewhere that sign somebody in.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

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
  return `/v1/auth/oidc/${encodeURIComponent(provider)}/start?${new URLSearchParams({ return_to: returnTo })}`;
}

/** `google` as `Google`. */
export function providerName(provider: string): string {
  return provider.charAt(0).toUpperCase() + provider.slice(1);
}
