import { Outlet } from "@tanstack/react-router";
import { useLiveStream } from "../live/useLiveStream";
import { useOutbox } from "../markdown/useOutbox";
import { BottomBar } from "./BottomBar";
import { Commands } from "./Commands";
import { ConnectionBanner } from "./ConnectionBanner";
import { OwnerBanner } from "./OwnerBanner";
import { SessionGuard } from "./SessionGuard";
import { Sidebar } from "./Sidebar";
import styles from "./AppShell.module.css";

/** What is around every page of the journal. */
export function AppShell() {
  useLiveStream();
  useOutbox();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      <Sidebar />
      <div className={styles.column}>
        <ConnectionBanner />
        <OwnerBanner />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <SessionGuard />
      <Commands />
    </div>
  );
}
