import type { ReactNode } from "react";
import { useDocumentTitle } from "~/ui/Page";
import styles from "./WelcomeForm.module.css";

interface WelcomeFormProps {
  title: string;
  description?: ReactNode;
  /** Absent: the form, if any, is among the children. */
  onSubmit?: (values: FormData) => void;
  children?: ReactNode;
  /** Below, such as the way to another page. */
  foot?: ReactNode;
}

/** One of the forms of whoever is not signed in. */
export function WelcomeForm({ title, description, onSubmit, children, foot }: WelcomeFormProps) {
  useDocumentTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {description !== undefined && <div className={styles.description}>{description}</div>}
      </header>
      {onSubmit === undefined ? (
        children
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit(new FormData(event.currentTarget));
          }}
        >
          {children}
        </form>
      )}
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </div>
  );
}
