// What came of going to connect an account elsewhere, said at the top of the page that one comes back to.

import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { identitiesQuery } from "~/api/oidc";
import { elsewhereOf, providerName } from "~/credentials/elsewhere";
import { inWords } from "~/credentials/elsewhereWords";
import { Notice } from "~/ui/Notice";

/** Where one comes back to, connected. */
export function connectedAddress(provider: string): string {
  return `/settings/security?connected=${encodeURIComponent(provider)}`;
}

/** Nothing for whoever comes from somewhere else. */
export function ConnectedNotice() {
  const search: Readonly<Record<string, unknown>> = useLocation({ select: ({ search }) => search });
  const [{ connected, elsewhere }] = useState(() => ({ connected: search["connected"], elsewhere: elsewhereOf(search) }));
  const { data: identities = [] } = useQuery(identitiesQuery);
  const navigate = useNavigate();
  // Said once: who reloads the page, or keeps its address, has nothing to hear of it.
  const clear = useEffectEvent(() => {
    if (!["connected", "problem", "provider"].some((name) => name in search)) return;
    const others = Object.entries(search).filter(([name]) => !["connected", "problem", "provider"].includes(name));
    // Routes validate what they take themselves.
    void navigate({ to: ".", search: Object.fromEntries(others) as never, replace: true });
  });
  useEffect(() => clear(), []);

  if (elsewhere.problem !== undefined) {
    const { title, text } = inWords(elsewhere);
    return (
      <Notice tone="loss" title={title}>
        {text}
      </Notice>
    );
  }
  // An address can say anything; that it is connected, only the list does.
  const identity = identities.find(({ provider }) => provider != null && provider === connected);
  if (identity?.provider == null) return null;
  return (
    <Notice tone="gain" title={`${providerName(identity.provider)} is connected`}>
      It signs you in from now on. We told you by mail, too.
    </Notice>
  );
}
