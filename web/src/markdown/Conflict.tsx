import { useMemo } from "react";
import { Button } from "~/ui/Button";
import styles from "./Conflict.module.css";
import { merge } from "./merge.ts";

interface ConflictProps {
  base: string;
  ours: string;
  theirs: string;
  onSettle: (text: string) => void;
}

/** Two versions of a note, and how to go on. Whatever is chosen can still be edited: the editor below holds it. */
export function Conflict({ base, ours, theirs, onSettle }: ConflictProps) {
  const merged = useMemo(() => merge(base, ours, theirs), [base, ours, theirs]);
  return (
    <section className={styles.conflict} aria-label="Two versions of this note">
      <p>
        <strong>This note was also changed elsewhere.</strong> Both versions are here; nothing is saved until you choose.
      </p>
      <div className={styles.versions}>
        <Version title="Yours" text={ours}>
          <Button size="sm" onClick={() => onSettle(ours)}>
            Keep mine
          </Button>
        </Version>
        <Version title="The other" text={theirs}>
          <Button size="sm" onClick={() => onSettle(theirs)}>
            Take the other
          </Button>
        </Version>
      </div>
      <div className={styles.merge}>
        <Button size="sm" variant="primary" onClick={() => onSettle(merged.text)}>
          Merge both
        </Button>
        <span>{merged.clashes === 0 ? "They change different lines and fit together." : "Lines that both changed are kept twice, the other first."}</span>
      </div>
    </section>
  );
}

function Version({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className={styles.version}>
      <header>
        <h4>{title}</h4>
        {children}
      </header>
      {/* Long versions scroll, so the keyboard must reach them. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <pre tabIndex={0} dir="auto" aria-label={title}>
        {text === "" ? "(empty)" : text}
      </pre>
    </div>
  );
}
