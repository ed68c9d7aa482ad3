import type { Diagnostic } from "@trading-journal/sdk";
import { formatNumber } from "~/format";
import { Badge, type Tone } from "~/ui/Badge";
import { sentence } from "~/ui/sentence";
import { Cell, HeadCell, Table } from "~/ui/Table";
import styles from "./imports.module.css";

const SEVERITY: Readonly<Record<string, { label: string; tone: Tone }>> = {
  error: { label: "Rejected", tone: "loss" },
  warning: { label: "Look at it", tone: "warn" },
  info: { label: "To know", tone: "neutral" },
};

interface RemarksProps {
  remarks: readonly Diagnostic[];
  /** Of which these are the first. */
  total: number;
}

/** What was noticed in the file, by its lines. */
export function Remarks({ remarks, total }: RemarksProps) {
  return (
    <>
      <Table aria-label="Remarks by line of the file">
        <thead>
          <tr>
            <HeadCell>Line</HeadCell>
            <HeadCell>Kind</HeadCell>
            <HeadCell>Remark</HeadCell>
          </tr>
        </thead>
        <tbody>
          {remarks.map((remark, index) => {
            const severity = SEVERITY[remark.severity];
            return (
              // Two remarks of one line may be the same.
              <tr key={index}>
                <Cell className={styles.line}>
                  {remark.line === 0 ? "Whole file" : formatNumber(remark.line)}
                  {remark.column != null && `, ${remark.column}`}
                </Cell>
                <Cell className={styles.line}>
                  <Badge tone={severity?.tone ?? "neutral"}>{severity?.label ?? remark.severity}</Badge>
                </Cell>
                <Cell className={styles.remark}>{sentence(remark.message)}</Cell>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {total > remarks.length && (
        <p className={styles.more}>
          The first {formatNumber(remarks.length)} of {formatNumber(total)} remarks.
        </p>
      )}
    </>
  );
}
