// How numbers, money, days and times are written. Pure; the locale is the browser's unless one is given.

export * from "./day.ts";
export * from "./decimal.ts";
export * from "./money.ts";
export * from "./number.ts";
export * from "./time.ts";
