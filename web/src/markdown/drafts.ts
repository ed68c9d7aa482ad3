// Texts that are not saved yet, kept on this device: a closed tab, a crash or an ended session loses none of them.

import { createStore, del, get, set } from "idb-keyval";

const store = createStore("journal-drafts", "drafts");

export interface Draft {
  readonly text: string;
  /** What the server had when it was begun. */
  readonly base: string;
}

/** The draft under the key; null also where the browser keeps nothing (a private window). */
export async function draft(key: string): Promise<Draft | null> {
  try {
    return (await get<Draft>(key, store)) ?? null;
  } catch {
    return null;
  }
}

/** False where the browser keeps nothing. */
export async function keepDraft(key: string, draft: Draft): Promise<boolean> {
  try {
    await set(key, draft, store);
    return true;
  } catch {
    return false;
  }
}

export async function forgetDraft(key: string): Promise<void> {
  try {
    await del(key, store);
  } catch {
    // Where nothing was kept, nothing is to be forgotten.
  }
}
