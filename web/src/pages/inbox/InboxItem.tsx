// One notification: what happened, when, where it leads, and that it was read.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell, Check } from "lucide-react";
import type { Notification } from "@trading-journal/sdk";
import { markRead } from "~/api/notifications";
import { formatInstant, localZone } from "~/format";
import { IconButton } from "~/ui/IconButton";
import { toastProblem } from "~/ui/toasts";
import { ICONS, pathOf } from "./about";
import styles from "./inbox.module.css";

/** Read once what it is about was opened, or once somebody says so. */
export function InboxItem({ item }: { item: Notification }) {
  const queryClient = useQueryClient();
  const read = useMutation({
    mutationFn: () => markRead(item.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["notifications"] }),
    onError: (error) => toastProblem(error),
  });
  const isUnread = item.read_at == null && !read.isPending && !read.isSuccess;
  const Icon = ICONS[item.kind] ?? Bell;
  const path = pathOf(item);
  return (
    <li className={styles.item} data-unread={isUnread || undefined}>
      <span className={styles.icon} aria-hidden>
        <Icon />
      </span>
      <div className={styles.words}>
        <p className={styles.title}>
          {isUnread && <span className="visually-hidden">Unread: </span>}
          {path === null ? (
            <bdi>{item.title}</bdi>
          ) : (
            <Link to={path} className={styles.link} onClick={() => isUnread && read.mutate()}>
              <bdi>{item.title}</bdi>
            </Link>
          )}
        </p>
        <p className={styles.body}>{item.body}</p>
        <time className={styles.when} dateTime={item.created_at}>
          {formatInstant(item.created_at, localZone())}
        </time>
      </div>
      {isUnread && (
        <span className={styles.mark}>
          <IconButton size="sm" label={`Mark as read: ${item.title}`} hinted={false} title="Mark as read" onClick={() => read.mutate()}>
            <Check />
          </IconButton>
        </span>
      )}
    </li>
  );
}
