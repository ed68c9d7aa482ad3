// The prices around trades, where somebody handed in bars of the symbol.

import { queryOptions } from "@tanstack/react-query";
import { api, call } from "./client";

/** As many candles as are told apart on a screen. */
const MOST = 500;

export interface Stretch {
  readonly symbol: string;
  readonly from: string;
  /** Absent: to the last bar. */
  readonly to?: string;
}

export function pricesQuery(stretch: Stretch) {
  return queryOptions({
    queryKey: ["bars", stretch],
    queryFn: async ({ signal }) => (await call(api.GET("/v1/bars/prices", { params: { query: { ...stretch, most: MOST } }, signal }))).items,
  });
}
