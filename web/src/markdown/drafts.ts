// Texts that are not saved yet, kept on this device: a closed tab, a crash or an ended session loses none of them.
//
// They are their writer's: whoever else signs in on this device neither sees nor sends them.

import { createStore, del, entries, get, set } from "idb-keyval";
import { session } from "~/api/session";

const store = createStore("journal-drafts", "drafts");

export interface Draft {
  readonly text: string;
  /** What the server had when it was begun. */
  readonly base: string;
}

function ownKey(name: string): string {
  return `${session.user?.id ?? ""} ${name}`;
}

/** The draft of that name; null also where the browser keeps nothing (a private window). */
export async function draft(name: string): Promise<Draft | null> {
  try {
    return (await get<Draft>(ownKey(name), store)) ?? null;
  } catch {
    return null;
  }
}

/** All drafts of the user, by name. */
export async function drafts(): Promise<readonly (readonly [string, Draft])[]> {
  const own = ownKey("");
  const all = await entries<string, Draft>(store).catch(() => []);
  return all.filter(([key]) => key.startsWith(own)).map(([key, draft]) => [key.slice(own.length), draft]);
}

/** False where the browser keeps nothing. */
export async function keepDraft(name: string, draft: Draft): Promise<boolean> {
  try {
    await set(ownKey(name), draft, store);
    return true;
  } catch {
    return false;
  }
}

export async function forgetDraft(name: string): Promise<void> {
  // Where nothing was kept, nothing is to be forgotten.
  await del(ownKey(name), store).catch(() => undefined);
}

/** While an editor of any tab holds a draft, nobody else sends it. Answers how to let it go. */
export function holdDraft(name: string): () => void {
  const done = new AbortController();
  const closed = new Promise((resolve) => done.signal.addEventListener("abort", resolve));
  void navigator.locks.request(`draft ${ownKey(name)}`, { mode: "shared" }, () => closed);
  return () => done.abort();
}

/** Runs `send` unless an editor holds the draft. */
export async function unlessHeld(name: string, send: () => Promise<void>): Promise<void> {
  await navigator.locks.request(`draft ${ownKey(name)}`, { ifAvailable: true }, (lock) => (lock ? send() : undefined));
}
