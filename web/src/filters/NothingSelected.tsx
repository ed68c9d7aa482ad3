import { FilterX } from "lucide-react";
import { OF_STATISTICS, useSetFilters, without } from "~/search";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";

/** The journal has trades, but none that the filters select. */
export function NothingSelected() {
  const set = useSetFilters();
  const clear = () => set(without(["account", "from", "to", "currency", ...OF_STATISTICS]));
  return (
    <Card>
      <EmptyState icon={<FilterX />} title="No closed trades here" action={<Button onClick={clear}>Show all trades</Button>}>
        None that these days, this account and these filters select.
      </EmptyState>
    </Card>
  );
}
