import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function TradePage() {
  return (
    <Page title="Trade">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
