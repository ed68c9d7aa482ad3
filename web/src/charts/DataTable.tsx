// The same figures as a table, for whoever does not look at charts.

import { useState } from "react";
import styles from "./DataTable.module.css";

export interface DataTableProps {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** More rows than anybody reads; the export has them all. */
const MOST = 400;

export function DataTable({ caption, columns, rows }: DataTableProps) {
  const [open, setOpen] = useState(false);
  const shown = rows.slice(-MOST);
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as a table</summary>
      {open && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reachable with the keyboard.
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={caption}>
          <table>
            <caption>
              {caption}
              {shown.length < rows.length && `, the last ${shown.length} of ${rows.length}`}
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
              {shown.map((row, at) => (
                // Rows of a series have no identity but their place.
                <tr key={at}>
                  {row.map((cell, column) => (column === 0 ? <th key={column} scope="row">{cell}</th> : <td key={column}>{cell}</td>))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
