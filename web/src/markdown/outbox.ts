// Sends the drafts whose editors are closed: what was written offline arrives without being opened again.

import type { Save } from "./keeper.ts";
import { type Draft, drafts, forgetDraft, unlessHeld } from "./drafts.ts";

/** How the texts of a kind are saved: `trade` of `trade:<id>`. */
export type Savers = Readonly<Record<string, (id: string) => Save>>;

/** What somebody else changed meanwhile stays a draft: its editor shows both when it is opened. So does what cannot be sent now. */
export async function sendDrafts(savers: Savers): Promise<void> {
  for (const [name, draft] of await drafts()) {
    const [kind = "", id = ""] = name.split(/:(.*)/s);
    const saver = savers[kind];
    if (saver) await unlessHeld(name, () => sendDraft(name, draft, saver(id)));
  }
}

async function sendDraft(name: string, draft: Draft, save: Save): Promise<void> {
  try {
    const saved = await save(draft.text, draft.base);
    if (saved.kind === "accepted" || saved.theirs === draft.text) await forgetDraft(name);
  } catch {
    // The next time.
  }
}
