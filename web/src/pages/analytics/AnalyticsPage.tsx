import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function AnalyticsPage() {
  return (
    <Page title="Analytics">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
