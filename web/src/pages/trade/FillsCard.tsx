import type { TradeDetail } from "@trading-journal/sdk";
import { useState } from "react";
import { Card } from "~/ui/Card";
import { TabPanel, Tabs } from "~/ui/Tabs";
import { EventsTable } from "./EventsTable.tsx";
import { FillsTable } from "./FillsTable.tsx";
import styles from "./FillsTables.module.css";
import { LegsTable } from "./LegsTable.tsx";

type Part = "fills" | "legs" | "events";

/** What the trade is made of. */
export function FillsCard({ trade, zone }: { trade: TradeDetail; zone: string }) {
  const [part, setPart] = useState<Part>("fills");
  const { fills, legs, events } = trade;
  const tabs = [
    { value: "fills", label: `Fills (${fills.length})` },
    { value: "legs", label: `Legs (${legs.length})` },
    ...(events.length > 0 ? [{ value: "events", label: `Events (${events.length})` }] : []),
  ] as { value: Part; label: string }[];
  return (
    <Card flush className={styles.card ?? ""}>
      <Tabs label="What the trade is made of" value={part} tabs={tabs} onValueChange={setPart}>
        <TabPanel value="fills">
          <FillsTable trade={trade} zone={zone} />
        </TabPanel>
        <TabPanel value="legs">
          <LegsTable trade={trade} zone={zone} />
        </TabPanel>
        <TabPanel value="events">
          <EventsTable events={events} zone={zone} />
        </TabPanel>
      </Tabs>
    </Card>
  );
}
