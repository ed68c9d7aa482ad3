import { session, useKnownUser } from "~/api/session";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { SignInForm } from "./SignInForm";

/** Over a page whose session is over: what was typed below it stays. */
export default function SignInDialog() {
  const user = useKnownUser();
  return (
    <Dialog
      open
      modal
      title="Sign in again"
      description="Your session ended. The page below is as you left it."
      actions={
        <Button variant="quiet" size="sm" onClick={() => session.end()}>
          Leave, or use another account
        </Button>
      }
    >
      <SignInForm {...(user ? { email: user.email } : {})} />
    </Dialog>
  );
}
