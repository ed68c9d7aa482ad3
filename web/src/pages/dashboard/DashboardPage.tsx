import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function DashboardPage() {
  return (
    <Page title="Dashboard">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
