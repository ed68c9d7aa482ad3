// Trading accounts.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async ({ signal }) => {
    const page = await call(api.GET("/v1/accounts", { signal }));
    return page.items;
  },
});
