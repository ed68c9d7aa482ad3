import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Kbd } from "../ui/Kbd";
import { pages } from "./pages";
import { showSheet } from "./palette";
import { Logo } from "./Logo";
import { StreamStatus } from "./StreamStatus";
import { UnreadCount } from "./UnreadCount";
import { UserButton } from "./UserButton";
import styles from "./Sidebar.module.css";

export function Sidebar() {
  return (
    <aside className={styles.sidebar}>
      <Link to="/" className={styles.brand} aria-label="Trading Journal, to the dashboard">
        <Logo />
        <span>Trading Journal</span>
      </Link>
      <button type="button" className={styles.search} onClick={() => showSheet("palette")}>
        <Search aria-hidden />
        <span>Search</span>
        <Kbd keys="mod+k" />
      </button>
      <nav aria-label="Main" className={styles.nav}>
        {pages.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} className={styles.link} activeOptions={{ exact: to === "/", includeSearch: false }}>
            <Icon aria-hidden />
            {label}
            {to === "/inbox" && <UnreadCount />}
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        <StreamStatus />
        <UserButton />
      </div>
    </aside>
  );
}
