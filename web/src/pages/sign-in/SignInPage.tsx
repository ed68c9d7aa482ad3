import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useSession } from "~/api/session";
import type { Elsewhere } from "~/credentials/elsewhere";
import { inWords } from "~/credentials/elsewhereWords";
import { SignInWays } from "~/credentials/SignInWays";
import { Notice } from "~/ui/Notice";
import { localPath } from "./returnTo";
import { WelcomeForm } from "./WelcomeForm";

const route = getRouteApi("/welcome/sign-in");

export function SignInPage() {
  const state = useSession();
  const { return_to, ...elsewhere } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const open = useEffectEvent(() => {
    queryClient.clear();
    router.history.push(localPath(return_to));
  });

  // Here, or in another tab.
  useEffect(() => {
    if (state === "signed-in") open();
  }, [state]);

  return (
    <WelcomeForm
      title="Sign in"
      foot={
        <>
          New here? <Link to="/register">Create an account</Link>
        </>
      }
    >
      {elsewhere.problem !== undefined && <Failed elsewhere={elsewhere} />}
      <SignInWays aside={<Link to="/forgot-password">Forgot it?</Link>} returnTo={localPath(return_to)} />
    </WelcomeForm>
  );
}

/** Of a sign-in elsewhere. */
function Failed({ elsewhere }: { elsewhere: Elsewhere }) {
  const { title, text } = inWords(elsewhere);
  return (
    <Notice tone="loss" title={title}>
      {text}
    </Notice>
  );
}
