// The same figures as a table, for whoever does not look at charts.

import { useState } from "react";
import styles from "./DataTable.module.css";

export interface DataTableProps {
  caption: string;
  columns: readonly string[];
  count: number;
  /** The cells of one of them; asked for when the table is opened, as writing a hundred thousand takes seconds. */
  row: (index: number) => readonly string[];
}

/** The rows of a list, each written when it is asked for. */
export function rowsOf<T>(items: readonly T[], write: (item: T) => readonly string[]): Pick<DataTableProps, "count" | "row"> {
  const row = (index: number) => {
    const item = items[index];
    return item === undefined ? [] : write(item);
  };
  return { count: items.length, row };
}

/** More rows than anybody reads; the export has them all. */
const MOST = 400;

export function DataTable({ caption, columns, count, row }: DataTableProps) {
  const [open, setOpen] = useState(false);
  const shown = open ? Array.from({ length: Math.min(count, MOST) }, (_, at) => row(Math.max(count - MOST, 0) + at)) : [];
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as a table</summary>
      {open && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reachable with the keyboard.
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={caption}>
          <table>
            <caption>
              {caption}
              {shown.length < count && `, the last ${shown.length} of ${count}`}
            </caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((cells, at) => (
                // Rows of a series have no identity but their place.
                <tr key={at}>
                  {cells.map((cell, column) =>
                    column === 0 ? (
                      <th key={column} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={column}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
