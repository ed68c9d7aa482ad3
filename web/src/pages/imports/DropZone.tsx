import { FileUp } from "lucide-react";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { Button } from "~/ui/Button";
import { cx } from "~/ui/cx";
import styles from "./DropZone.module.css";

interface DropZoneProps {
  title: string;
  /** What may be dropped. */
  children: ReactNode;
  onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped or chosen. */
export function DropZone({ title, children, onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={cx(styles.zone, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp className={styles.icon} aria-hidden />
      <p className={styles.title}>{title}</p>
      <div className={styles.text}>{children}</div>
      <Button variant="primary" className={styles.button} onClick={() => chooser.current?.click()}>
        Choose files
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
    </div>
  );
}
