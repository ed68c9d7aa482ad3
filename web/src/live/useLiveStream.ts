import { useQueryClient, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, call } from "../api/client";
import { useKnownUser } from "../api/session";
import { keepSeq, lastSeq } from "./lastSeq";
import { staleBy } from "./invalidations";
import { tellListeners } from "./listeners";
import { setStreamState } from "./status";
import { openStream } from "./stream";
import { hearTabs } from "./tabs";

/** Messages come in crowds; what they make old is read again once for all of a crowd. */
const GATHER_FOR = 200;

/** What was read before the stream began may be older than its first message: it is read again, once the page is there. */
const READ_AGAIN_AFTER = 4000;

/** Keeps what is shown as new as the server, while somebody is signed in. */
export function useLiveStream(): void {
  const queryClient = useQueryClient();
  const userId = useKnownUser()?.id;

  useEffect(() => {
    if (userId === undefined) return;
    const gather = gatherInvalidations(queryClient);
    const readAgain = () => void queryClient.invalidateQueries();
    let later: ReturnType<typeof setTimeout> | undefined;
    const stream = openStream({
      url: `${location.origin.replace(/^http/, "ws")}/v1/stream`,
      since: lastSeq(userId),
      onMessage: (message) => {
        gather(staleBy(message));
        tellListeners(message);
      },
      onSeq: (seq) => keepSeq(userId, seq),
      onGap: readAgain,
      onBegin: () => (later = setTimeout(readAgain, READ_AGAIN_AFTER)),
      onState: setStreamState,
      ensureSession: () => call(api.GET("/v1/me")),
    });
    addEventListener("online", stream.reconnect);
    const stopHearing = hearTabs((key) => gather([key]));
    return () => {
      clearTimeout(later);
      stopHearing();
      removeEventListener("online", stream.reconnect);
      stream.close();
    };
  }, [queryClient, userId]);
}

function gatherInvalidations(queryClient: QueryClient): (keys: readonly QueryKey[]) => void {
  const gathered = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (keys) => {
    for (const key of keys) gathered.set(JSON.stringify(key), key);
    timer ??= setTimeout(() => {
      for (const queryKey of gathered.values()) void queryClient.invalidateQueries({ queryKey });
      gathered.clear();
      timer = undefined;
    }, GATHER_FOR);
  };
}
