import type { ReactElement } from "react";
import { Link } from "@tanstack/react-router";
import { LogOut, Settings } from "lucide-react";
import { JournalChoice } from "./JournalChoice";
import { leave } from "./leave";
import { chooseTheme, useThemeChoice, type ThemeChoice } from "../theme/theme";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "../ui/Menu";

const themes: readonly { value: ThemeChoice; label: string }[] = [
  { value: "system", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export default function UserMenu({ trigger }: { trigger: ReactElement }) {
  const theme = useThemeChoice();
  return (
    <Menu trigger={trigger} side="top" align="start" defaultOpen>
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
