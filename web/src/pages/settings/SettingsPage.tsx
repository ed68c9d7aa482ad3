import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function SettingsPage() {
  return (
    <Page title="Settings">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
