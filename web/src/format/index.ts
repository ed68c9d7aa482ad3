// How numbers, money, days and times are written. Pure; the locale is the browser's unless one is given.

export * from "./day";
export * from "./decimal";
export * from "./money";
export * from "./number";
export * from "./time";
