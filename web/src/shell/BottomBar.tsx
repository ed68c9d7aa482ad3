import { Link } from "@tanstack/react-router";
import { Ellipsis, LogOut, Search } from "lucide-react";
import { JournalChoice } from "./JournalChoice";
import { leave } from "./leave";
import { Menu, MenuItem, MenuLine } from "../ui/Menu";
import { pages } from "./pages";
import { showSheet } from "./palette";
import styles from "./BottomBar.module.css";

/** The way around on a phone. */
export function BottomBar() {
  const more = (
    <button type="button" className={styles.link}>
      <Ellipsis aria-hidden />
      More
    </button>
  );
  return (
    <nav aria-label="Main, at the bottom" className={styles.bar}>
      {pages
        .filter((page) => page.inBottomBar)
        .map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} className={styles.link} activeOptions={{ exact: to === "/", includeSearch: false }}>
            <Icon aria-hidden />
            {label}
          </Link>
        ))}
      <Menu trigger={more} side="top">
        {pages
          .filter((page) => !page.inBottomBar)
          .map(({ to, label, icon: Icon }) => (
            <MenuItem key={to} asChild>
              <Link to={to}>
                <Icon aria-hidden />
                {label}
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
    </nav>
  );
}
