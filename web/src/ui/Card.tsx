import { useId, type ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  /** A sentence below the title. */
  description?: ReactNode;
  /** At the end of the title's line. */
  actions?: ReactNode;
  /** What is inside reaches the border, as tables do. */
  flush?: boolean;
  className?: string;
  children?: ReactNode;
}

export function Card({ title, description, actions, flush = false, className, children }: CardProps) {
  const id = useId();
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section className={cx(styles.card, className)} aria-labelledby={title === undefined ? undefined : id}>
      {hasHead && (
        <header className={styles.head}>
          <div className={styles.words}>
            {title !== undefined && (
              <h2 className={styles.title} id={id}>
                {title}
              </h2>
            )}
            {description !== undefined && <p className={styles.description}>{description}</p>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children !== undefined && <div className={cx(styles.body, flush && styles.flush)}>{children}</div>}
    </section>
  );
}
