import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function ImportsPage() {
  return (
    <Page title="Imports">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
