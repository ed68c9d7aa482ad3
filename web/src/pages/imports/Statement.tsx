import type { Import, Preview } from "@trading-journal/sdk";
import { CircleCheck } from "lucide-react";
import { formatNumber } from "~/format";
import { Badge } from "~/ui/Badge";
import { Cell, HeadCell, Table } from "~/ui/Table";
import styles from "./imports.module.css";

type Told = Pick<Import | Preview, "rows" | "fills" | "trades" | "events" | "reconciliation">;

/** Rows in and rows accounted for, and what they brought. */
export function Counts({ told: { rows, fills, trades, events } }: { told: Told }) {
  return (
    <dl className={styles.counts}>
      <Count
        name="Rows in the file"
        value={rows.total}
        more={`${formatNumber(rows.read)} read, ${formatNumber(rows.skipped)} skipped, ${formatNumber(rows.rejected)} rejected`}
      />
      <Count name="New fills" value={fills.new} more={`${formatNumber(fills.known)} known already`} />
      {fills.changed > 0 && <Count name="Changed fills" value={fills.changed} more="kept as they were; see the remarks" />}
      <Count name="Trades opened" value={trades.opened} more={`${formatNumber(trades.changed)} earlier ones changed`} />
      <Count name="Trades closed" value={trades.closed} />
      {events.new > 0 && <Count name="Other entries" value={events.new} more="dividends, splits, deposits and the like" />}
    </dl>
  );
}

function Count({ name, value, more }: { name: string; value: number; more?: string }) {
  return (
    <div className={styles.count}>
      <dt>{name}</dt>
      <dd>{formatNumber(value)}</dd>
      {more !== undefined && <dd>{more}</dd>}
    </div>
  );
}

/** The file's own figures beside ours, with every difference. */
export function Reconciliation({ told }: { told: Told }) {
  const { lines } = told.reconciliation;
  if (lines.length === 0) {
    return <p className={styles.faint}>This file states no totals of its own to compare with.</p>;
  }
  return (
    <Table aria-label="The file's figures beside the journal's">
      <thead>
        <tr>
          <HeadCell>Figure</HeadCell>
          <HeadCell>Of</HeadCell>
          <HeadCell numeric>File</HeadCell>
          <HeadCell numeric>Journal</HeadCell>
          <HeadCell numeric>Difference</HeadCell>
          <HeadCell>
            <span className="visually-hidden">Agrees</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.item} ${line.subject}`}>
            <Cell>{spelled(line.item)}</Cell>
            <Cell className={styles.nameCell}>
              {line.subject}
              {line.note != null && <div className={styles.faint}>{line.note}</div>}
            </Cell>
            {/* Every digit: this is a proof. */}
            <Cell numeric>{formatNumber(line.file)}</Cell>
            <Cell numeric>{formatNumber(line.journal)}</Cell>
            <Cell numeric className={line.agrees ? undefined : styles.off}>
              {formatNumber(line.difference, { signed: true })}
            </Cell>
            <Cell>{line.agrees ? <Agrees /> : <Badge tone="loss">Differs</Badge>}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Agrees() {
  return (
    <Badge tone="gain">
      <CircleCheck size={12} aria-hidden /> Agrees
    </Badge>
  );
}

/** `net_cash` as `Net cash`. */
function spelled(item: string): string {
  const words = item.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
