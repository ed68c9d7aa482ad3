import type { ReactNode } from "react";
import { CopyButton } from "~/ui/CopyButton";
import styles from "./Secret.module.css";

interface SecretProps {
  text: string;
  label: string;
  help?: ReactNode;
}

/** Something that is shown once, to be copied. */
export function Secret({ text, label, help }: SecretProps) {
  return (
    <div className={styles.secret}>
      <p className={styles.label}>{label}</p>
      <code className={styles.text}>{text}</code>
      <div className={styles.foot}>
        {help !== undefined && <p className={styles.help}>{help}</p>}
        <CopyButton text={text} />
      </div>
    </div>
  );
}
