// How many notifications are unread, asked for once the first page is there.

import { useQuery } from "@tanstack/react-query";
import { unreadQuery } from "../api/notifications";
import { formatNumber } from "../format";
import styles from "./UnreadCount.module.css";
import { useSettled } from "./useSettled";

const MOST = 99;

/** How many notifications are unread; nothing while there is none. */
export function UnreadCount() {
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <span className={styles.count}>
      <span aria-hidden>{unread > MOST ? `${MOST}+` : unread}</span>
      <span className="visually-hidden">, {formatNumber(unread)} unread</span>
    </span>
  );
}

/** The same where there is room for no figure. */
export function UnreadDot() {
  return useUnread() > 0 && <span className={styles.dot} title="Something is unread" />;
}

function useUnread(): number {
  // Not before what the page itself asks for.
  const enabled = useSettled();
  return useQuery({ ...unreadQuery, enabled }).data ?? 0;
}
