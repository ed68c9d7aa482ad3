import type { ReactNode } from "react";
import styles from "./Form.module.css";

interface FormProps {
  onSubmit: () => void;
  /** The buttons below. */
  actions?: ReactNode;
  children: ReactNode;
}

/** Fields one below the other, in two columns where `Pair`s are, and the buttons. */
export function Form({ onSubmit, actions, children }: FormProps) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a dialog is none of the form below it.
        event.stopPropagation();
        onSubmit();
      }}
    >
      {children}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </form>
  );
}

/** Two fields side by side, where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}
