import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function AccountsPage() {
  return (
    <Page title="Accounts">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
