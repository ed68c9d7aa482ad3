import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function TradesPage() {
  return (
    <Page title="Trades">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
