// Filters that are set: each can be taken away by itself.

import { X } from "lucide-react";
import type { FilterChange } from "~/search";
import styles from "./FilterChips.module.css";
import type { Chip } from "./chips";

export function FilterChips({ chips, onChange }: { chips: readonly Chip[]; onChange: (change: FilterChange) => void }) {
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filters that are set">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <button type="button" className={styles.chip} onClick={() => onChange(without)} aria-label={`Remove filter: ${label}`}>
            <bdi>{label}</bdi>
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
