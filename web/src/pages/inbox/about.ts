// What a notification is about: its icon, and the page that shows it.

import { FileCheck, FileX, PackageCheck, PackageX, ShieldAlert, type LucideIcon } from "lucide-react";
import type { Notification } from "@trading-journal/sdk";

/** By kind; of others, which a later version of the server may tell of, there is the bell. */
export const ICONS: Readonly<Record<string, LucideIcon>> = {
  "import-finished": FileCheck,
  "import-failed": FileX,
  "export-finished": PackageCheck,
  "export-failed": PackageX,
  "session-reused": ShieldAlert,
};

/** Null where there is no such page. */
export function pathOf({ kind, subject_id }: Pick<Notification, "kind" | "subject_id">): string | null {
  if (kind.startsWith("import-")) return subject_id == null ? "/imports" : `/import/${encodeURIComponent(subject_id)}`;
  if (kind.startsWith("export-")) return "/settings/data";
  return kind === "session-reused" ? "/settings/sessions" : null;
}
