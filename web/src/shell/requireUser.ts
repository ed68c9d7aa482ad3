// Before a page of the journal: is anybody signed in?

import { redirect, type ParsedLocation } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { meQuery, readMe } from "../api/me";
import { isReason } from "../api/problem";
import { refresh, session } from "../api/session";
import { onSessionEnd } from "./onSessionEnd";

interface Entry {
  readonly context: { readonly queryClient: QueryClient };
  readonly location: ParsedLocation;
}

/** Nobody waits who was signed in last time: should that be over, the first request finds out. */
export async function requireUser({ context, location }: Entry): Promise<void> {
  if (session.state !== "signed-out") return;
  // A sign-in elsewhere (OIDC) comes back with cookies that this page has not seen yet.
  if (await hasCookies(context.queryClient)) return;
  const path = location.pathname + location.searchStr;
  throw redirect({ to: "/sign-in", search: path === "/" ? {} : { return_to: path } });
}

/** After signing in again elsewhere, which somebody else may have done: nothing of one user is shown to another. */
export async function meetUser(queryClient: QueryClient): Promise<void> {
  // Without an answer it is for the page that is opened next to say so.
  const me = await readMe().catch(() => null);
  if (me === null || me.id === session.user?.id) return;
  await onSessionEnd(queryClient);
  session.begin(me);
}

async function hasCookies(queryClient: QueryClient): Promise<boolean> {
  try {
    const me = await queryClient.query(meQuery).catch(async (error: unknown) => {
      if (!isReason(error, "unauthenticated") || !(await refresh(Date.now()))) throw error;
      return queryClient.query(meQuery);
    });
    session.begin(me);
    return true;
  } catch {
    return false;
  }
}
