import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";

export function SignInPage() {
  return (
    <Page title="Sign in">
      <EmptyState title="Nothing here yet" />
    </Page>
  );
}
