import type { Preview } from "@trading-journal/sdk";
import { Notice } from "~/ui/Notice";
import { Remarks } from "./Remarks";
import { Counts, Reconciliation } from "./Statement";
import { isGuess, zoneInWords } from "./words";
import styles from "./imports.module.css";

/** What an import would bring, before anything is stored. */
export function PreviewOf({ preview }: { preview: Preview }) {
  const { zones, diagnostics, diagnostics_total: total, reconciliation } = preview;
  const differs = reconciliation.lines.filter((line) => !line.agrees).length;
  return (
    <div className={styles.stack}>
      {preview.same_file_known && (
        <Notice tone="warn" title="This very file was imported into this account before">
          Nothing in it is new; importing it again changes nothing.
        </Notice>
      )}
      <Counts told={preview} />
      {zones.length > 0 && (
        <p className={styles.faint}>
          Times: {zones.map(zoneInWords).join("; ")}.
          {zones.some(isGuess) && " Choose the zone if that is not the file's."}
        </p>
      )}
      {reconciliation.lines.length > 0 && (
        <details open={differs > 0}>
          <summary>
            {differs === 0
              ? `All ${reconciliation.lines.length} figures of the file agree with the journal's`
              : `${differs} of ${reconciliation.lines.length} figures of the file differ from the journal's`}
          </summary>
          <Reconciliation told={preview} />
        </details>
      )}
      {total > 0 && (
        <details open={preview.rows.rejected > 0}>
          <summary>{total === 1 ? "1 remark" : `${total} remarks`} about lines of the file</summary>
          <Remarks remarks={diagnostics} total={total} />
        </details>
      )}
    </div>
  );
}
