// The state of a view that lives in the URL. Pure.

export * from "./filters.ts";
export * from "./presets.ts";
export * from "./query.ts";
export * from "./url.ts";
