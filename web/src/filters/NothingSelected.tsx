import { FilterX } from "lucide-react";
import { useSetFilters } from "~/search";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";

/** The journal has trades, but none that the filters select. */
export function NothingSelected() {
  const set = useSetFilters();
  const clear = () =>
    set({
      account: undefined,
      from: undefined,
      to: undefined,
      currency: undefined,
      symbol: [],
      side: undefined,
      outcome: [],
      tag: [],
      q: undefined,
    });
  return (
    <Card>
      <EmptyState icon={<FilterX />} title="No closed trades here" action={<Button onClick={clear}>Show all trades</Button>}>
        None closed in these days and this account.
      </EmptyState>
    </Card>
  );
}
