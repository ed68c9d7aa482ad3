import { type ClipboardEvent, type KeyboardEvent, useDeferredValue, useId, type ReactNode, useRef, useState } from "react";
import { SegmentedControl } from "~/ui/SegmentedControl";
import { Conflict } from "./Conflict.tsx";
import type { Save } from "./keeper.ts";
import { Markdown } from "./Markdown.tsx";
import { mark } from "./mark.ts";
import styles from "./NoteEditor.module.css";
import { SaveState } from "./SaveState.tsx";
import { useKeeper } from "./useKeeper.ts";

interface NoteEditorProps {
  /** Names the note among the drafts of this device. Give the editor a `key` of the same: another note is another editor. */
  name: string;
  label: string;
  /** What the server has, as it was last read. */
  text: string;
  save: Save;
  placeholder?: string;
  /** In front of the bar above the note. */
  heading?: ReactNode;
  /** Images of the clipboard; what is put into the note for them is the caller's to say, by `insert`. */
  onImages?: (images: readonly File[]) => void;
}

type Side = "write" | "read";

/** The longest note that the API takes. */
const LONGEST = 100_000;

/** Markdown with a preview that follows the typing. It saves by itself, and loses nothing. */
export function NoteEditor({ name, label, text, save, placeholder, heading, onImages }: NoteEditorProps) {
  const [keeper, state] = useKeeper(name, text, save);
  const [side, setSide] = useState<Side>("write");
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useDeferredValue(state.text);
  const id = useId();

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "s") {
      event.preventDefault();
      keeper.flush();
    }
    const marker = event.key === "b" ? "**" : event.key === "i" ? "_" : null;
    const element = field.current;
    if (marker === null || !element) return;
    event.preventDefault();
    const marked = mark(state.text, element.selectionStart, element.selectionEnd, marker);
    keeper.type(marked.text);
    // The selection can only be set once the text is there.
    requestAnimationFrame(() => element.setSelectionRange(marked.start, marked.end));
  }

  function pasted(event: ClipboardEvent) {
    const images = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (images.length === 0 || !onImages) return;
    event.preventDefault();
    onImages(images);
  }

  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        {heading}
        <span className={styles.sides}>
          <SegmentedControl
            label="Side of the note"
            value={side}
            options={[
              { value: "write", label: "Write" },
              { value: "read", label: "Read" },
            ]}
            onValueChange={setSide}
          />
        </span>
        <SaveState state={state} onRetry={keeper.flush} />
      </div>
      {state.phase.name === "conflict" && (
        <Conflict base={state.base} ours={state.text} theirs={state.phase.theirs} onSettle={keeper.settle} />
      )}
      <div className={styles.sheets} data-side={side}>
        <div className={styles.write}>
          <label className="visually-hidden" htmlFor={id}>
            {label}
          </label>
          <textarea
            ref={field}
            id={id}
            dir="auto"
            className={styles.field}
            value={state.text}
            maxLength={LONGEST}
            placeholder={placeholder}
            onChange={(event) => keeper.type(event.target.value)}
            onBlur={keeper.flush}
            onKeyDown={pressed}
            onPaste={pasted}
          />
        </div>
        <section className={styles.read} aria-label="Preview">
          {preview.trim() === "" ? <p className={styles.nothing}>The preview appears here as you type.</p> : <Markdown text={preview} />}
        </section>
      </div>
    </div>
  );
}
