import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function ImportPage() {
  return (
    <Page title="Import">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
