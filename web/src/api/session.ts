// Who is signed in, in all tabs. The tokens are cookies that no script reads; what is kept here is only whether they are good.
//
// A refresh token works once, so one tab refreshes for all: under a lock of the browser, and whoever waited for the lock sees by the
// time of the last refresh that nothing is left to do.

import { useSyncExternalStore } from "react";
import type { User } from "@trading-journal/sdk";
import { unreachable } from "./problem";
import { newTraceparent } from "./trace";

export type SessionState =
  /** Nobody has signed in on this device, or whoever did has signed out. */
  | "signed-out"
  /** Somebody is signed in, as far as is known. */
  | "signed-in"
  /** The session ended under a page that is open. */
  | "expired";

/** What is remembered of the user, so that the app opens at once, and offline. */
export type KnownUser = Pick<User, "id" | "email">;

type News = { readonly kind: "signed-in"; readonly user: KnownUser } | { readonly kind: "signed-out" };

const USER = "journal.user";
const REFRESHED = "journal.refreshed-at";
const LOCK = "journal.refresh";

const listeners = new Set<() => void>();
const channel = new BroadcastChannel("journal.session");
let user = readUser();
let state: SessionState = user ? "signed-in" : "signed-out";
let refreshing: Promise<boolean> | null = null;

export const session = {
  get state(): SessionState {
    return state;
  },
  get user(): KnownUser | null {
    return user;
  },
  /** After a sign-in in this tab. */
  begin(next: KnownUser): void {
    become("signed-in", next);
    channel.postMessage({ kind: "signed-in", user: next } satisfies News);
  },
  /** After a sign-out in this tab. */
  end(): void {
    become("signed-out", null);
    channel.postMessage({ kind: "signed-out" } satisfies News);
  },
  /** The server does not know the session any more: the page stays, and asks to sign in. */
  expire(): void {
    if (state === "signed-in") become("expired", user);
  },
  subscribe,
};

export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}

export function useKnownUser(): KnownUser | null {
  return useSyncExternalStore(subscribe, () => user);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** New tokens, unless another tab got some since `since`. False: the session is over. */
export function refresh(since: number): Promise<boolean> {
  refreshing ??= refreshUnderLock(since).finally(() => (refreshing = null));
  return refreshing;
}

/** Resolves with true once somebody signed in again, with false when the session was left. */
export function signedInAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      if (state === "expired") return;
      stop();
      resolve(state === "signed-in");
    });
  });
}

async function refreshUnderLock(since: number): Promise<boolean> {
  return navigator.locks.request(LOCK, () => refreshOnce(since));
}

async function refreshOnce(since: number): Promise<boolean> {
  if (Number(localStorage.getItem(REFRESHED)) > since) return true;
  // Not by the client of the API, whose requests wait for this one.
  const answer = await fetch("/v1/auth/refresh", {
    method: "POST",
    headers: { "content-type": "application/json", traceparent: newTraceparent() },
    body: "{}",
  }).catch(() => {
    throw unreachable();
  });
  if (answer.status === 401 || answer.status === 403) return false;
  if (!answer.ok) throw unreachable();
  localStorage.setItem(REFRESHED, String(Date.now()));
  return true;
}

function become(next: SessionState, nextUser: KnownUser | null): void {
  state = next;
  user = nextUser;
  if (nextUser) localStorage.setItem(USER, JSON.stringify({ id: nextUser.id, email: nextUser.email }));
  else localStorage.removeItem(USER);
  for (const listener of listeners) listener();
}

function readUser(): KnownUser | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(USER) ?? "null");
    if (typeof stored !== "object" || stored === null || !("id" in stored) || !("email" in stored)) return null;
    return { id: String(stored.id), email: String(stored.email) };
  } catch {
    return null;
  }
}

channel.addEventListener("message", ({ data }: MessageEvent<News>) => {
  if (data.kind === "signed-out") become("signed-out", null);
  else become("signed-in", data.user);
});
