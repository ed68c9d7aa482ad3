import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronsUpDown, LogOut, Settings } from "lucide-react";
import { meQuery } from "../api/me";
import { useKnownUser } from "../api/session";
import { JournalChoice } from "./JournalChoice";
import { leave } from "./leave";
import { chooseTheme, useThemeChoice, type ThemeChoice } from "../theme/theme";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "../ui/Menu";
import styles from "./UserMenu.module.css";

const themes: readonly { value: ThemeChoice; label: string }[] = [
  { value: "system", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function UserMenu() {
  const known = useKnownUser();
  const me = useQuery(meQuery).data;
  const theme = useThemeChoice();
  const email = me?.email ?? known?.email ?? "";
  const name = me?.display_name.trim() || email.split("@")[0] || "You";
  const trigger = (
    <button type="button" className={styles.trigger}>
      <span className={styles.initial} aria-hidden>
        {name.charAt(0).toUpperCase()}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.email}>{email}</span>
      </span>
      <ChevronsUpDown aria-hidden />
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="start">
      <MenuItem asChild>
        <Link to="/settings/{-$section}">
          <Settings aria-hidden />
          Settings
        </Link>
      </MenuItem>
      <MenuLine />
      <JournalChoice />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme} options={themes} onValueChange={chooseTheme} />
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
