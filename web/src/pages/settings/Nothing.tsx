import type { ReactNode } from "react";

/** Where a list is empty. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p style={{ color: "var(--text-muted)" }}>{children}</p>;
}
