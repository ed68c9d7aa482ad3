import type { Fill, TradeDetail } from "@trading-journal/sdk";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { formatAmount, formatInstant, formatNumber } from "~/format/index.ts";
import { IconButton } from "~/ui/IconButton";
import { Menu, MenuItem } from "~/ui/Menu";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import { CorrectFill } from "./CorrectFill.tsx";
import { FillHistory } from "./FillHistory.tsx";
import { rolesOf } from "./sources.ts";
import { SourceLink } from "./SourceLink.tsx";
import { VoidFill } from "./VoidFill.tsx";

const ROLES = { entry: "Entry", exit: "Exit", both: "Exit and entry" } as const;

type Act = "correct" | "void" | "history";

/** Every execution, as the file or its owner states it. */
export function FillsTable({ trade, zone }: { trade: TradeDetail; zone: string }) {
  const [asked, setAsked] = useState<{ act: Act; fill: Fill } | null>(null);
  const roles = rolesOf(trade);
  const close = () => setAsked(null);
  return (
    <>
      <Table aria-label="Fills">
        <thead>
          <tr>
            <HeadCell>Time</HeadCell>
            <HeadCell>Side</HeadCell>
            <HeadCell numeric>Quantity</HeadCell>
            <HeadCell numeric>Price</HeadCell>
            <HeadCell numeric>Commission</HeadCell>
            <HeadCell numeric>Fees</HeadCell>
            <HeadCell>Source</HeadCell>
            <HeadCell>
              <span className="visually-hidden">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {trade.fills.map((fill) => (
            <Row key={fill.id}>
              <Cell style={{ whiteSpace: "nowrap" }} title={`As the file wrote it: ${fill.time_text}`}>
                {formatInstant(fill.executed_at, zone, { seconds: true })}
              </Cell>
              <Cell style={{ whiteSpace: "nowrap" }}>
                {fill.side === "buy" ? "Buy" : "Sell"}
                <span style={{ color: "var(--text-faint)" }}> {ROLES[roles.get(fill.execution_id) ?? "entry"]}</span>
              </Cell>
              <Cell numeric>{formatNumber(fill.quantity)}</Cell>
              <Cell numeric>{formatNumber(fill.price)}</Cell>
              <Cell numeric>{formatAmount(fill.commission, fill.currency, { exact: true })}</Cell>
              <Cell numeric>{formatAmount(fill.fees, fill.currency, { exact: true })}</Cell>
              <Cell style={{ whiteSpace: "nowrap" }}>
                {fill.import_id == null ? "By hand" : <SourceLink importId={fill.import_id} lines={[fill.line]} />}
              </Cell>
              <Cell numeric>
                <Menu
                  trigger={
                    <IconButton size="sm" label="Correct, void or see the history">
                      <MoreHorizontal />
                    </IconButton>
                  }
                >
                  <MenuItem onSelect={() => setAsked({ act: "correct", fill })}>Correct</MenuItem>
                  <MenuItem onSelect={() => setAsked({ act: "history", fill })}>History</MenuItem>
                  <MenuItem danger onSelect={() => setAsked({ act: "void", fill })}>
                    Void
                  </MenuItem>
                </Menu>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {asked?.act === "correct" && <CorrectFill fill={asked.fill} zone={zone} onClose={close} />}
      {asked?.act === "void" && <VoidFill fill={asked.fill} zone={zone} onClose={close} />}
      {asked?.act === "history" && <FillHistory fill={asked.fill} zone={zone} onClose={close} />}
    </>
  );
}
