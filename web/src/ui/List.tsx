import { Children, type ReactNode } from "react";
import styles from "./List.module.css";

/** Things of one kind, each with a word about it and what can be done with it. Without any, `empty` is shown. */
export function List({ label, empty, children }: { label: string; empty?: ReactNode; children: ReactNode }) {
  if (empty !== undefined && Children.count(children) === 0) return empty;
  return (
    <ul className={styles.list} role="list" aria-label={label}>
      {children}
    </ul>
  );
}

interface ListItemProps {
  icon?: ReactNode;
  title: ReactNode;
  /** Behind the title, such as a badge. */
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

export function ListItem({ icon, title, badge, description, actions }: ListItemProps) {
  return (
    <li className={styles.item}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <div className={styles.words}>
        <p className={styles.title}>
          {title}
          {badge}
        </p>
        {description !== undefined && <p className={styles.description}>{description}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </li>
  );
}
