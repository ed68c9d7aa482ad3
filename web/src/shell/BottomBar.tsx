import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { lazy } from "react";
import { MenuOnDemand } from "./MenuOnDemand";
import { pages } from "./pages";
import { UnreadDot } from "./UnreadCount";
import styles from "./BottomBar.module.css";

const load = () => import("./MoreMenu");
const MoreMenu = lazy(load);

/** The way around on a phone. */
export function BottomBar() {
  const more = (
    <button type="button" className={styles.link}>
      <Ellipsis aria-hidden />
      <UnreadDot />
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
      <MenuOnDemand trigger={more} menu={MoreMenu} preload={load} />
    </nav>
  );
}
