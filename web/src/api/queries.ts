// The cache of what the API answered.

import { QueryClient } from "@tanstack/react-query";
import { toProblem } from "./problem";

/** Answers are kept this long for a start without a network. */
export const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Without a network a request fails, and the page says so, rather than waiting for ever.
        networkMode: "always",
        // The live stream says what changed; this is for whoever is not connected.
        staleTime: 30_000,
        gcTime: KEPT_FOR,
        retry: (failures, error) => failures < 2 && mayWorkLater(error),
        retryDelay: (failures, error) => (toProblem(error).retryAfter ?? 2 ** failures * 0.5) * 1000,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

function mayWorkLater(error: unknown): boolean {
  const { status } = toProblem(error);
  return status === 429 || status === 503 || status === 504;
}
