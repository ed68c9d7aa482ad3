import type { ComponentProps } from "react";
import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "./cx";
import styles from "./Table.module.css";

/** A table that scrolls sideways inside its container where it is too wide. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    // It can be scrolled by keys as well.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={cx(styles.scroll, "fades-sideways")} tabIndex={0} role="group" aria-label={rest["aria-label"]}>
      <table className={cx(styles.table, className)} {...rest} />
    </div>
  );
}

interface CellProps {
  /** Numbers stand at the right. */
  numeric?: boolean;
}

interface HeadCellProps extends ComponentProps<"th">, CellProps {
  /** How the table is sorted by this column; absent: it cannot be. */
  sorted?: "ascending" | "descending" | "none";
  onSort?: () => void;
}

export function HeadCell({ numeric = false, sorted, onSort, className, children, ...rest }: HeadCellProps) {
  return (
    <th scope="col" aria-sort={sorted} className={cx(numeric && styles.numeric, className)} {...rest}>
      {onSort ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {children}
          {sorted === "ascending" && <ArrowUp aria-hidden />}
          {sorted === "descending" && <ArrowDown aria-hidden />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export function Cell({ numeric = false, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return <td className={cx(numeric && styles.numeric, className)} {...rest} />;
}

/** A row that leads somewhere; the link itself is in one of its cells. */
export function Row({ selected = false, className, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return <tr className={cx(selected && styles.selected, className)} {...rest} />;
}
