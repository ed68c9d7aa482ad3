// What the palette offers.

import type { AnyRouter } from "@tanstack/react-router";
import { CandlestickChart, Keyboard, LogOut, Monitor, Moon, Search, Settings, Sun, Wallet, type LucideIcon } from "lucide-react";
import type { Account } from "@trading-journal/sdk";
import { chooseTheme } from "../theme/theme";
import { leave } from "./leave";
import { pages } from "./pages";
import { showSheet } from "./palette";

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Other words by which it is found. */
  readonly keywords?: readonly string[];
  readonly keys?: string;
  /** Found by whatever is typed. */
  readonly always?: boolean;
  readonly run: (router: AnyRouter) => void;
}

export interface ActionGroup {
  readonly title: string;
  readonly actions: readonly Action[];
}

interface Known {
  readonly accounts: readonly Account[];
  readonly symbols: readonly string[];
  readonly text: string;
}

export function actionsFor({ accounts, symbols, text }: Known): readonly ActionGroup[] {
  const goTo = (to: string, search: object = {}) => (router: AnyRouter) => void router.navigate({ to, search });
  const groups: ActionGroup[] = [
    {
      title: "Go to",
      actions: pages.map(({ to, label, icon, keys }) => ({ id: `page ${label}`, label, icon, keys, run: goTo(to) })),
    },
    {
      title: "Accounts",
      actions: accounts.map(({ id, name, broker }) => ({
        id: `account ${id}`,
        label: name,
        icon: Wallet,
        keywords: [broker, "account"],
        run: goTo("/", { account: id }),
      })),
    },
    {
      title: "Symbols",
      actions: symbols.map((symbol) => ({
        id: `symbol ${symbol}`,
        label: symbol,
        icon: CandlestickChart,
        keywords: ["trades", "symbol"],
        run: goTo("/trades", { symbol: [symbol] }),
      })),
    },
    { title: "Settings", actions: settings.map(([section, label]) => setting(section, label)) },
    { title: "Do", actions: deeds },
  ];
  if (text !== "") {
    const search: Action = {
      id: "search trades",
      label: `Find “${text}” in trades and notes`,
      icon: Search,
      always: true,
      run: goTo("/trades", { q: text }),
    };
    groups.push({ title: "Search", actions: [search] });
  }
  return groups.filter((group) => group.actions.length > 0);
}

const settings = [
  ["profile", "Profile and e-mail"],
  ["security", "Passkeys, authenticator app, password"],
  ["sessions", "Sessions"],
  ["api-keys", "API keys"],
  ["mentors", "Mentors"],
  ["notifications", "Notifications"],
  ["activity", "Activity of the account"],
  ["data", "Export or delete everything"],
] as const;

function setting(section: string, label: string): Action {
  return {
    id: `settings ${section}`,
    label,
    icon: Settings,
    keywords: ["settings"],
    run: (router) => void router.navigate({ to: "/settings/{-$section}", params: { section } }),
  };
}

const deeds: readonly Action[] = [
  { id: "theme light", label: "Light theme", icon: Sun, keywords: ["appearance"], run: () => chooseTheme("light") },
  { id: "theme dark", label: "Dark theme", icon: Moon, keywords: ["appearance"], run: () => chooseTheme("dark") },
  { id: "theme system", label: "Theme of the system", icon: Monitor, keywords: ["appearance"], run: () => chooseTheme("system") },
  { id: "shortcuts", label: "Show shortcuts", icon: Keyboard, keys: "?", run: () => showSheet("shortcuts") },
  { id: "sign out", label: "Sign out", icon: LogOut, keywords: ["log out", "leave"], run: leave },
];
