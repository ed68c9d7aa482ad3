import type { TradeEvent } from "@trading-journal/sdk";
import { formatAmount, formatInstant, formatNumber } from "~/format/index.ts";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import { SourceLink } from "./SourceLink.tsx";

/** Splits, cash, expiries and exercises while it was open. */
export function EventsTable({ events, zone }: { events: readonly TradeEvent[]; zone: string }) {
  return (
    <Table aria-label="Events">
      <thead>
        <tr>
          <HeadCell>Time</HeadCell>
          <HeadCell>What</HeadCell>
          <HeadCell>Details</HeadCell>
          <HeadCell>Source</HeadCell>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Row key={event.id}>
            <Cell style={{ whiteSpace: "nowrap" }}>{formatInstant(event.occurred_at, zone, { seconds: true })}</Cell>
            <Cell>{event.what}</Cell>
            <Cell>{detailsOf(event)}</Cell>
            <Cell>{event.import_id == null ? "By hand" : <SourceLink importId={event.import_id} lines={[event.line]} />}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function detailsOf({ kind, amount, currency, price, quantity, quantity_before }: TradeEvent): string {
  if (kind === "cash") return formatAmount(amount, currency ?? "", { signed: true, exact: true });
  if (kind === "split") return `${formatNumber(quantity_before)} became ${formatNumber(quantity)}`;
  if (kind === "expiry") return price == null ? "Expired" : `Settled at ${formatNumber(price)}`;
  return quantity == null ? "" : `${formatNumber(quantity)} contracts`;
}
