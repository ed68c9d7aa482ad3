// How one signs in: password, authenticator app, passkeys, and the sessions that are open.

import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/auth/sessions", { signal }))).items,
});

export const mfaQuery = queryOptions({
  queryKey: ["mfa"],
  queryFn: ({ signal }) => call(api.GET("/v1/auth/mfa", { signal })),
});

export const passkeysQuery = queryOptions({
  queryKey: ["passkeys"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/auth/passkeys", { signal }))).items,
});

export function endSession(id: string) {
  return call(api.DELETE("/v1/auth/sessions/{id}", { params: { path: { id } } }));
}

export function changePassword(current_password: string, new_password: string) {
  return call(api.POST("/v1/auth/password/change", { body: { current_password, new_password } }));
}

export function enrollTotp(password: string) {
  return call(api.POST("/v1/auth/mfa/totp/enroll", { body: { password } }));
}

export function confirmTotp(code: string) {
  return call(api.POST("/v1/auth/mfa/totp/confirm", { body: { code } }));
}

export function disableTotp(password: string) {
  return call(api.POST("/v1/auth/mfa/totp/disable", { body: { password } }));
}

export function newRecoveryCodes(password: string) {
  return call(api.POST("/v1/auth/mfa/recovery-codes", { body: { password } }));
}

/** The browser asks where the passkey is to be kept. */
export async function addPasskey(name: string, password: string) {
  const { ceremony, options } = await call(api.POST("/v1/auth/passkeys/register/start", { body: { password } }));
  // The schema leaves to WebAuthn what the options are and what the browser makes of them.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const credential = (await startRegistration({ optionsJSON })) as never;
  return call(api.POST("/v1/auth/passkeys/register/finish", { body: { ceremony, name: name || null, credential } }));
}

export function removePasskey(id: string) {
  return call(api.DELETE("/v1/auth/passkeys/{id}", { params: { path: { id } } }));
}
