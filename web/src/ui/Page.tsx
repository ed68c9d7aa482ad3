import { useEffect, type ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** Before the title, such as a way back. */
  before?: ReactNode;
  description?: ReactNode;
  /** At the end of the title's line. */
  actions?: ReactNode;
  /** Below the title, such as filters. */
  toolbar?: ReactNode;
  /** Forms and texts are read best when they are not wide. */
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, before, description, actions, toolbar, narrow = false, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className={cx(styles.page, narrow && styles.narrow)}>
      <header className={styles.head}>
        {before}
        <div className={styles.line}>
          <div className={styles.words}>
            <h1 className={styles.title}>{title}</h1>
            {description !== undefined && <div className={styles.description}>{description}</div>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
        {toolbar}
      </header>
      {children}
    </div>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Trading Journal`;
  }, [title]);
}
