import type { TradeDetail } from "@trading-journal/sdk";
import { formatAmount, formatInstant, formatNumber } from "~/format/index.ts";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import { Amount } from "../trades/cells.tsx";
import styles from "./FillsTables.module.css";

/** Which part of which entry was met by which exit. */
export function LegsTable({ trade, zone }: { trade: TradeDetail; zone: string }) {
  const { currency, legs } = trade;
  if (legs.length === 0) return <p className={styles.nothing}>Nothing of it is closed yet.</p>;
  return (
    <Table aria-label="Legs">
      <thead>
        <tr>
          <HeadCell>Closed</HeadCell>
          <HeadCell numeric>Quantity</HeadCell>
          <HeadCell numeric>From</HeadCell>
          <HeadCell numeric>To</HeadCell>
          <HeadCell numeric>Gross P&L</HeadCell>
          <HeadCell numeric>Commissions</HeadCell>
          <HeadCell numeric>Fees</HeadCell>
          <HeadCell numeric>Net P&L</HeadCell>
        </tr>
      </thead>
      <tbody>
        {legs.map((leg) => (
          <Row key={`${leg.open_execution_id} ${leg.close_execution_id}`}>
            <Cell style={{ whiteSpace: "nowrap" }}>{formatInstant(leg.closed_at, zone, { seconds: true })}</Cell>
            <Cell numeric>{formatNumber(leg.quantity)}</Cell>
            <Cell numeric>{formatNumber(leg.open_price)}</Cell>
            <Cell numeric>{formatNumber(leg.close_price)}</Cell>
            <Cell numeric>
              <Amount amount={leg.gross_pnl} unit={currency} />
            </Cell>
            <Cell numeric>{formatAmount(leg.commissions, currency)}</Cell>
            <Cell numeric>{formatAmount(leg.fees, currency)}</Cell>
            <Cell numeric>
              <Amount amount={leg.net_pnl} unit={currency} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
