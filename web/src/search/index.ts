// The state of a view that lives in the URL.

export * from "./filters";
export * from "./presets";
export * from "./query";
export * from "./url";
export * from "./useFilters";
export * from "./usePageParam";
