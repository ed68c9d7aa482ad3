import type { BreakdownRow } from "@trading-journal/sdk";
import type { ReactNode } from "react";
import { AmountEstimate, None, ShareEstimate } from "~/figures/Estimate";
import { formatNumber } from "~/format";
import { Money } from "~/ui/Money";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import styles from "./BreakdownTable.module.css";
import { ChanceFlag } from "./ChanceFlag";
import type { Column, Order } from "./sortRows";

interface BreakdownTableProps {
  /** Of the first column. */
  name: string;
  rows: readonly BreakdownRow[];
  unit: string;
  family: number;
  label: (row: BreakdownRow) => string;
  order: Order | undefined;
  onOrder: (order: Order) => void;
}

const HEADS: readonly { column: Column; label: string; numeric: boolean }[] = [
  { column: "trades", label: "Trades", numeric: true },
  { column: "net_pnl", label: "P&L", numeric: true },
  { column: "win_rate", label: "Win rate", numeric: true },
  { column: "expectancy", label: "Expectancy", numeric: true },
  { column: "profit_factor", label: "Profit factor", numeric: true },
  { column: "adjusted_p", label: "Luck", numeric: false },
];

export function BreakdownTable({ name, rows, unit, family, label, order, onOrder }: BreakdownTableProps) {
  function head(column: Column, text: ReactNode, numeric: boolean) {
    const isSorted = order?.column === column;
    // Names go up first, figures down.
    const next = { column, descending: isSorted ? !order.descending : numeric };
    return (
      <HeadCell
        key={column}
        numeric={numeric}
        sorted={isSorted ? (order.descending ? "descending" : "ascending") : "none"}
        onSort={() => onOrder(next)}
      >
        {text}
      </HeadCell>
    );
  }
  return (
    <Table aria-label={`Figures by ${name.toLowerCase()}`} className={styles.table ?? ""}>
      <thead>
        <tr>
          {head("key", name, false)}
          {HEADS.map(({ column, label: text, numeric }) => head(column, text, numeric))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key}>
            <Cell className={styles.name}>{label(row)}</Cell>
            <Cell numeric title={`${row.wins} won, ${row.losses} lost, ${row.scratches} even`}>
              {formatNumber(row.trades)}
            </Cell>
            <Cell numeric>
              <Money amount={row.net_pnl} unit={unit} signed />
            </Cell>
            <Cell numeric>
              <ShareEstimate estimate={row.win_rate} reason={undefined} />
            </Cell>
            <Cell numeric>
              <AmountEstimate estimate={row.expectancy} reason={undefined} unit={unit} />
            </Cell>
            <Cell numeric>
              {row.profit_factor == null ? (
                <None reason="Nothing was won or lost." />
              ) : (
                <data value={row.profit_factor}>
                  {formatNumber(row.profit_factor, row.profit_factor === "inf" ? {} : { digits: 2 })}
                </data>
              )}
            </Cell>
            <Cell>
              <ChanceFlag row={row} family={family} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
