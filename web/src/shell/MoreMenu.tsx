import { Link } from "@tanstack/react-router";
import { LogOut, Search } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem, MenuLine } from "../ui/Menu";
import { JournalChoice } from "./JournalChoice";
import { leave } from "./leave";
import { pages } from "./pages";
import { showSheet } from "./palette";
import { UnreadCount } from "./UnreadCount";

/** What has no room in the bottom bar. */
export default function MoreMenu({ trigger }: { trigger: ReactElement }) {
  return (
    <Menu trigger={trigger} side="top" defaultOpen>
      {pages
        .filter((page) => !page.inBottomBar)
        .map(({ to, label, icon: Icon }) => (
          <MenuItem key={to} asChild>
            <Link to={to}>
              <Icon aria-hidden />
              {label}
              {to === "/inbox" && <UnreadCount />}
            </Link>
          </MenuItem>
        ))}
      <MenuLine />
      <JournalChoice />
      <MenuItem icon={<Search aria-hidden />} onSelect={() => showSheet("palette")}>
        Search
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>Sign out</MenuItem>
    </Menu>
  );
}
