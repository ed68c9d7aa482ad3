// The user.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => call(api.GET("/v1/me", { signal })),
});
