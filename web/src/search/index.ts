// The state of a view that lives in the URL. Pure.

export * from "./filters";
export * from "./presets";
export * from "./query";
export * from "./url";
