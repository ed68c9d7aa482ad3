// Signing in and out, and what mails lead to. Browsers get their tokens as cookies; nothing of them is seen here.

import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { Login, Register, User } from "@trading-journal/sdk";
import { api, call } from "./client";
import { isReason } from "./problem";
import { session } from "./session";

export async function signIn(login: Pick<Login, "email" | "password" | "totp">): Promise<User> {
  const { user } = await call(api.POST("/v1/auth/login", { body: { ...login, delivery: "cookie" } }));
  session.begin(user);
  return user;
}

export function register(body: Register) {
  return call(api.POST("/v1/auth/register", { body }));
}

/** What the browser is asked to sign. It is good for five minutes. */
export async function beginPasskey() {
  const { ceremony, options } = await call(api.POST("/v1/auth/passkeys/login/start"));
  // The schema leaves to WebAuthn what the options are.
  return { ceremony, options: options as unknown as PublicKeyCredentialRequestOptionsJSON };
}

export async function finishPasskey(ceremony: string, signed: AuthenticationResponseJSON): Promise<User> {
  // The schema leaves to WebAuthn what the browser signed.
  const body = { ceremony, credential: signed as never, delivery: "cookie" as const };
  const { user } = await call(api.POST("/v1/auth/passkeys/login/finish", { body }));
  session.begin(user);
  return user;
}

/** Ends the session here and in all tabs. */
export async function signOut(): Promise<void> {
  try {
    await call(api.POST("/v1/auth/logout", { body: {} }));
  } catch (error) {
    // The session must not seem to be over while its cookies are good.
    if (!isReason(error, "unauthenticated")) throw error;
  }
  session.end();
}

export function mailResetLink(email: string) {
  return call(api.POST("/v1/auth/password/forgot", { body: { email } }));
}

export function mailVerifyLink(email: string) {
  return call(api.POST("/v1/auth/email/resend", { body: { email } }));
}

export function resetPassword(token: string, password: string) {
  return call(api.POST("/v1/auth/password/reset", { body: { token, password } }));
}

export function verifyEmail(token: string) {
  return call(api.POST("/v1/auth/email/verify", { body: { token } }));
}

export function keepAccount(token: string) {
  return call(api.POST("/v1/me/deletion/undo", { body: { token } }));
}

export function acceptInvitation(token: string) {
  return call(api.POST("/v1/mentored", { body: { token } }));
}
