import type { DrawdownSpell } from "@trading-journal/sdk";
import { daysBetween, formatCount, formatDay, formatShare } from "~/format";
import { Money } from "~/ui/Money";
import { Badge } from "~/ui/Badge";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import styles from "./BreakdownTable.module.css";

interface DrawdownTableProps {
  drawdowns: readonly DrawdownSpell[];
  unit: string;
}

export function DrawdownTable({ drawdowns, unit }: DrawdownTableProps) {
  if (drawdowns.length === 0) return null;
  return (
    <Table aria-label="Drawdowns" className={styles.table ?? ""}>
      <thead>
        <tr>
          <HeadCell>From the peak</HeadCell>
          <HeadCell>To the lowest</HeadCell>
          <HeadCell>Recovered</HeadCell>
          <HeadCell numeric>Lasted</HeadCell>
          <HeadCell numeric>Depth</HeadCell>
          <HeadCell numeric>Of the index</HeadCell>
        </tr>
      </thead>
      <tbody>
        {drawdowns.map(({ amount, percent, from, to, recovered_on }) => (
          <Row key={from}>
            <Cell>{formatDay(from)}</Cell>
            <Cell>{formatDay(to)}</Cell>
            <Cell>{recovered_on == null ? <Badge tone="warn">Not yet</Badge> : formatDay(recovered_on)}</Cell>
            <Cell numeric>{recovered_on == null ? "—" : formatCount(daysBetween(from, recovered_on), "day")}</Cell>
            <Cell numeric>
              <Money amount={`-${amount}`} unit={unit} signed />
            </Cell>
            <Cell numeric title={percent == null ? "The opening balance is not known." : undefined}>
              {formatShare(percent)}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
