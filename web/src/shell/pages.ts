// The pages of the journal, as the sidebar, the bottom bar, the palette and the shortcuts show them.

import {
  Bell,
  BookOpen,
  ChartColumn,
  FileUp,
  LayoutDashboard,
  ListOrdered,
  Settings,
  Wallet,
  type LucideIcon,
} from "lucide-react";

export interface PageLink {
  readonly to: "/" | "/trades" | "/imports" | "/journal/{-$date}" | "/analytics" | "/accounts" | "/inbox" | "/settings/{-$section}";
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pressed one after the other. */
  readonly keys: string;
  /** On phones, beside "More". */
  readonly inBottomBar: boolean;
}

export const pages: readonly PageLink[] = [
  { to: "/", label: "Dashboard", icon: LayoutDashboard, keys: "g d", inBottomBar: true },
  { to: "/trades", label: "Trades", icon: ListOrdered, keys: "g t", inBottomBar: true },
  { to: "/journal/{-$date}", label: "Journal", icon: BookOpen, keys: "g j", inBottomBar: true },
  { to: "/analytics", label: "Analytics", icon: ChartColumn, keys: "g a", inBottomBar: true },
  { to: "/imports", label: "Imports", icon: FileUp, keys: "g i", inBottomBar: false },
  { to: "/accounts", label: "Accounts", icon: Wallet, keys: "g c", inBottomBar: false },
  { to: "/inbox", label: "Inbox", icon: Bell, keys: "g n", inBottomBar: false },
  { to: "/settings/{-$section}", label: "Settings", icon: Settings, keys: "g s", inBottomBar: false },
];
