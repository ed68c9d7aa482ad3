/**
 * When a text is saved, as a state machine without a clock or a network.
 *
 * `text` is what the editor shows; `base` is what the server last said, and what a conflict is judged against. Nothing that was typed is
 * ever dropped: whatever happens to a save, `text` changes only by the hand of its writer, or when there is nothing unsaved.
 */

export interface Autosave {
  readonly text: string;
  readonly base: string;
  readonly phase:
    | { readonly name: "saved" }
    | { readonly name: "typing" }
    | { readonly name: "saving"; readonly sent: string }
    /** It waits in the queue of this device. */
    | { readonly name: "queued" }
    | { readonly name: "conflict"; readonly theirs: string }
    | { readonly name: "failed"; readonly reason: string };
}

export type AutosaveEvent =
  | { type: "typed"; text: string }
  /** The writer paused for long enough, left the field, or asks to try again. */
  | { type: "due" }
  | { type: "accepted"; text: string }
  /** Somebody else saved another text meanwhile. */
  | { type: "refused"; theirs: string }
  | { type: "queued" }
  | { type: "failed"; reason: string }
  /** The text on the server is another one now, told by a read. */
  | { type: "told"; text: string }
  /** The end of a conflict. */
  | { type: "settled"; text: string; theirs: string };

export function opened(base: string, draft: string | null = null): Autosave {
  if (draft === null || draft === base) return { text: base, base, phase: { name: "saved" } };
  return { text: draft, base, phase: { name: "typing" } };
}

export function next(state: Autosave, event: AutosaveEvent): Autosave {
  const { phase } = state;
  switch (event.type) {
    case "typed":
      if (phase.name === "saving" || phase.name === "conflict") return { ...state, text: event.text };
      return { ...state, text: event.text, phase: event.text === state.base ? { name: "saved" } : { name: "typing" } };
    case "due":
      if (phase.name === "saving" || phase.name === "conflict" || state.text === state.base) return state;
      return { ...state, phase: { name: "saving", sent: state.text } };
    case "accepted":
      return { ...state, base: event.text, phase: { name: state.text === event.text ? "saved" : "typing" } };
    case "refused":
      if (event.theirs === state.text) return { ...state, base: event.theirs, phase: { name: "saved" } };
      return { ...state, phase: { name: "conflict", theirs: event.theirs } };
    case "queued":
      return { ...state, phase: { name: "queued" } };
    case "failed":
      return { ...state, phase: { name: "failed", reason: event.reason } };
    case "told":
      return told(state, event.text);
    case "settled":
      return { text: event.text, base: event.theirs, phase: { name: event.text === event.theirs ? "saved" : "typing" } };
  }
}

function told(state: Autosave, text: string): Autosave {
  const { phase } = state;
  if (text === state.base || phase.name === "saving") return state;
  if (phase.name === "conflict") return { ...state, phase: { name: "conflict", theirs: text } };
  if (state.text === state.base || state.text === text) return opened(text);
  return { ...state, phase: { name: "conflict", theirs: text } };
}

/** Whether something typed is not on the server yet. */
export function unsaved(state: Autosave): boolean {
  return state.text !== state.base;
}
