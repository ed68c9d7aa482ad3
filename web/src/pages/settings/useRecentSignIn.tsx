import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type ReactNode } from "react";
import { identitiesQuery } from "~/api/oidc";
import { isReason } from "~/api/problem";
import { session, useKnownUser } from "~/api/session";
import { againAddress } from "~/credentials/elsewhere";
import { SignInWays } from "~/credentials/SignInWays";
import { Dialog } from "~/ui/Dialog";

/**
 * For what wants a sign-in of the last ten minutes: runs it, and where it is refused for that reason, asks to sign in and runs it again.
 * The dialog is to be rendered.
 */
export function useRecentSignIn(): [<T>(run: () => Promise<T>) => Promise<T>, ReactNode] {
  const user = useKnownUser();
  const [open, setOpen] = useState(false);
  const { data: identities = [] } = useQuery({ ...identitiesQuery, enabled: open });
  const settle = useRef<(signedIn: boolean) => void>(() => undefined);

  async function withRecentSignIn<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!isReason(error, "reauthentication-required")) throw error;
      if (!(await signIn())) throw error;
      return run();
    }
  }

  function signIn(): Promise<boolean> {
    setOpen(true);
    return new Promise((resolve) => {
      const stop = session.subscribe(() => settle.current(true));
      settle.current = (signedIn) => {
        stop();
        setOpen(false);
        resolve(signedIn);
      };
    });
  }

  const dialog = (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && settle.current(false)}
      title="Sign in again"
      description="This changes how you sign in, so it is asked for who is here."
    >
      <SignInWays
        {...(user ? { email: user.email } : {})}
        returnTo={againAddress(location.pathname + location.search)}
        only={identities.flatMap(({ provider }) => provider ?? [])}
      />
    </Dialog>
  );
  return [withRecentSignIn, dialog];
}
