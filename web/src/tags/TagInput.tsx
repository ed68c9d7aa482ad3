import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useField } from "~/ui/Field";
import { completions, entered } from "./tagEntry.ts";
import styles from "./TagInput.module.css";

interface TagInputProps {
  tags: readonly string[];
  /** Tags that are offered while one types. */
  known: readonly string[];
  onChange: (tags: readonly string[]) => void;
  label?: string;
  placeholder?: string;
  autoFocus?: boolean;
}

/** Tags as chips, with completion. Enter and comma enter what is typed, Backspace in the empty field takes the last one. */
export function TagInput({ tags, known, onChange, label, placeholder = "Add a tag", autoFocus = false }: TagInputProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(-1);
  const id = useId();
  const offers = completions(typed, known, tags);

  function enter(text: string) {
    setTyped("");
    setAt(-1);
    const next = entered(tags, text);
    if (next !== tags) onChange(next);
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    const down = event.key === "ArrowDown";
    if (down || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((now) => Math.max(-1, Math.min(offers.length - 1, now + (down ? 1 : -1))));
    } else if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
      event.preventDefault();
      enter(offers[at] ?? typed);
    } else if (event.key === "Backspace" && typed === "" && tags.length > 0) {
      onChange(tags.slice(0, -1));
    } else if (event.key === "Escape" && typed !== "") {
      event.stopPropagation();
      setTyped("");
    }
  }

  return (
    <div className={styles.box}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          <bdi title={tag}>{tag}</bdi>
          <button type="button" aria-label={`Remove ${tag}`} onClick={() => onChange(tags.filter((other) => other !== tag))}>
            <X aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...useField()}
        aria-label={label}
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        autoFocus={autoFocus}
        autoComplete="off"
        className={styles.input}
        placeholder={tags.length === 0 ? placeholder : ""}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={pressed}
        onBlur={() => typed.trim() !== "" && enter(typed)}
      />
      <ul role="listbox" id={`${id}-offers`} aria-label="Known tags" className={styles.offers} hidden={offers.length === 0}>
        {offers.map((offer, place) => (
          // The keys are the field's.
          <li
            key={offer}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            // Before the field loses the focus and enters what is typed.
            onPointerDown={(event) => {
              event.preventDefault();
              enter(offer);
            }}
          >
            <bdi>{offer}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
