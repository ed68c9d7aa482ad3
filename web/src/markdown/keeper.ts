// Keeps one text: sees to it that what is typed reaches the server, and stays on this device until it has.

import { isReason, toProblem } from "~/api/problem";
import { type Autosave, type AutosaveEvent, next, opened, unsaved } from "./autosave.ts";
import { draft, forgetDraft, holdDraft, keepDraft } from "./drafts.ts";

/** What became of a save. Whatever else happens to it is thrown. */
export type Saved =
  | { kind: "accepted"; text: string }
  /** Somebody saved another text than `base` meanwhile. */
  | { kind: "refused"; theirs: string };

/** Saves `text` if the server still has `base`. */
export type Save = (text: string, base: string) => Promise<Saved>;

const PAUSE = 800;
/** Seconds until a save that failed is tried again; the last one for ever. */
const RETRIES = [2, 5, 15, 60];

export class Keeper {
  #state: Autosave;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    /** Names the text among the drafts of this device. */
    private readonly key: string,
    text: string,
    private readonly save: Save,
  ) {
    this.#state = opened(text);
  }

  readonly state = (): Autosave => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes up the draft of an earlier visit, and saves when the page is left, until the function that it answers is called. */
  readonly open = (): (() => void) => {
    const whenHidden = () => document.visibilityState === "hidden" && this.flush();
    document.addEventListener("visibilitychange", whenHidden);
    window.addEventListener("online", this.flush);
    void this.#takeUpDraft();
    const release = holdDraft(this.key);
    return () => {
      release();
      document.removeEventListener("visibilitychange", whenHidden);
      window.removeEventListener("online", this.flush);
      this.flush();
    };
  };

  readonly type = (text: string): void => {
    this.#on({ type: "typed", text });
    void keepDraft(this.key, { text, base: this.#state.base });
    this.#later(PAUSE);
  };

  /** Saves now what is unsaved. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#on({ type: "due" });
  };

  /** A read says that the server has this text. */
  readonly told = (text: string): void => {
    if (text !== this.#state.base) this.#on({ type: "told", text });
  };

  /** Ends a conflict with what the writer chose. */
  readonly settle = (text: string): void => {
    const { phase } = this.#state;
    if (phase.name !== "conflict") return;
    this.#on({ type: "settled", text, theirs: phase.theirs });
    void keepDraft(this.key, { text, base: phase.theirs });
    this.flush();
  };

  async #takeUpDraft(): Promise<void> {
    const kept = await draft(this.key);
    // What was typed while the draft was being read is newer.
    if (kept === null || unsaved(this.#state) || kept.text === this.#state.base) return;
    const { base } = this.#state;
    this.#become(opened(kept.base, kept.text));
    this.told(base);
    this.#later(PAUSE);
  }

  #on(event: AutosaveEvent): void {
    this.#become(next(this.#state, event));
  }

  #become(state: Autosave): void {
    const before = this.#state;
    if (state === before) return;
    this.#state = state;
    if (state.phase.name === "saving" && before.phase.name !== "saving") void this.#send(state.phase.sent);
    if (state.phase.name === "saved") void forgetDraft(this.key);
    for (const listener of this.#listeners) listener();
  }

  async #send(text: string): Promise<void> {
    try {
      const saved = await this.save(text, this.#state.base);
      this.#failures = 0;
      if (saved.kind === "accepted") this.#on({ type: "accepted", text: saved.text });
      else this.#on({ type: "refused", theirs: saved.theirs });
    } catch (error) {
      this.#on(isReason(error, "unreachable") ? { type: "queued" } : { type: "failed", reason: toProblem(error).message });
      const seconds = toProblem(error).retryAfter ?? RETRIES[Math.min(this.#failures, RETRIES.length - 1)] ?? 60;
      this.#failures += 1;
      this.#later(seconds * 1000);
      return;
    }
    // What was typed while the save was on its way.
    if (this.#state.phase.name === "typing") this.#later(PAUSE);
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, milliseconds);
  }
}
