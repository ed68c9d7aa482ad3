import type { TradeExcursion } from "@trading-journal/sdk";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatInstant, formatShare } from "~/format";
import { Button } from "~/ui/Button";
import { Money } from "~/ui/Money";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import styles from "./BreakdownTable.module.css";

/** As many as are read without being asked for. */
const FEW = 20;

interface ExcursionTableProps {
  trades: readonly TradeExcursion[];
  unit: string;
  zone: string;
}

export function ExcursionTable({ trades, unit, zone }: ExcursionTableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? trades : trades.slice(0, FEW);
  return (
    <>
      <Table aria-label="Excursions by trade" className={styles.table ?? ""}>
        <thead>
          <tr>
            <HeadCell>Symbol</HeadCell>
            <HeadCell>Closed</HeadCell>
            <HeadCell numeric>At worst (MAE)</HeadCell>
            <HeadCell numeric>At best (MFE)</HeadCell>
            <HeadCell numeric>Net P&L</HeadCell>
            <HeadCell numeric>Entry</HeadCell>
            <HeadCell numeric>Exit</HeadCell>
            <HeadCell numeric>Total</HeadCell>
          </tr>
        </thead>
        <tbody>
          {shown.map((trade) => (
            <Row key={trade.trade_id}>
              <Cell>
                <Link to="/trade/$id" params={{ id: trade.trade_id }}>
                  {trade.symbol}
                </Link>
              </Cell>
              <Cell className={styles.time}>{formatInstant(trade.closed_at, zone)}</Cell>
              {[trade.mae, trade.mfe, trade.net_pnl].map((amount, at) => (
                <Cell key={at} numeric>
                  <Money amount={amount} unit={unit} signed />
                </Cell>
              ))}
              {[trade.entry_efficiency, trade.exit_efficiency, trade.total_efficiency].map((share, at) => (
                <Cell key={at} numeric>
                  {formatShare(share, { digits: 0 })}
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
      {shown.length < trades.length && (
        <p className={styles.more}>
          <Button variant="quiet" onClick={() => setAll(true)}>
            Show all {trades.length}
          </Button>
        </p>
      )}
    </>
  );
}
