import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";
import { meQuery } from "../api/me";
import { useKnownUser } from "../api/session";
import { MenuOnDemand } from "./MenuOnDemand";
import styles from "./UserMenu.module.css";

const load = () => import("./UserMenu");
const UserMenu = lazy(load);

/** Who is signed in, and what is about them. */
export function UserButton() {
  const known = useKnownUser();
  const me = useQuery(meQuery).data;
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
  return <MenuOnDemand trigger={trigger} menu={UserMenu} preload={load} />;
}
