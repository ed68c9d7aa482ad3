import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { session, useSession } from "../api/session";
import { onSessionEnd } from "./onSessionEnd";

const SignInDialog = lazy(() => import("../credentials/SignInDialog"));

/**
 * Watches the session beside the pages of the journal. Ended by the server, the page stays and a dialog asks to sign in again; left, here
 * or in another tab, the page goes with all that was loaded for it.
 */
export function SessionGuard() {
  const state = useSession();
  const router = useRouter();
  const queryClient = useQueryClient();

  useEffect(() => {
    let userId = session.user?.id;
    return session.subscribe(() => {
      const next = session.user?.id;
      if (next === userId) return;
      userId = next;
      void onSessionEnd(queryClient).then(() => router.navigate({ to: next === undefined ? "/sign-in" : "/" }));
    });
  }, [router, queryClient]);

  if (state !== "expired") return null;
  return (
    <Suspense>
      <SignInDialog />
    </Suspense>
  );
}
