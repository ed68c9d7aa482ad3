// What happened while nobody looked: imports and exports that are done, sessions that were ended.

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell, CheckCheck } from "lucide-react";
import { inboxQuery, markAllRead } from "~/api/notifications";
import { formatCount } from "~/format";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorState } from "~/ui/ErrorState";
import { Page } from "~/ui/Page";
import { SkeletonRows } from "~/ui/Skeleton";
import { toastProblem } from "~/ui/toasts";
import { InboxItem } from "./InboxItem";
import styles from "./inbox.module.css";

export function InboxPage() {
  const queryClient = useQueryClient();
  const inbox = useInfiniteQuery(inboxQuery);
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  const readAll = useMutation({
    mutationFn: markAllRead,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["notifications"] }),
    onError: (error) => toastProblem(error, { label: "Try again", run: () => readAll.mutate() }),
  });
  return (
    <Page
      narrow
      title="Inbox"
      description={
        <>
          {inbox.data ? (unread === 0 ? "All read" : `${formatCount(unread, "notification")} unread`) : "What happened while you were away"}.{" "}
          <Link to="/settings/{-$section}" params={{ section: "notifications" }}>
            What is sent by mail
          </Link>
        </>
      }
      actions={
        unread > 0 && (
          <Button icon={<CheckCheck aria-hidden />} busy={readAll.isPending} onClick={() => readAll.mutate()}>
            Mark all as read
          </Button>
        )
      }
    >
      <Card flush>
        {inbox.isPending ? (
          <div className={styles.loading}>
            <SkeletonRows rows={6} height={40} />
          </div>
        ) : inbox.isError && items.length === 0 ? (
          <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />
        ) : items.length === 0 ? (
          <EmptyState icon={<Bell />} title="Nothing yet">
            When an import or an export is done, or something happened to your sessions, you read of it here.
          </EmptyState>
        ) : (
          <ul className={styles.list} role="list" aria-label="Notifications">
            {items.map((item) => (
              <InboxItem key={item.id} item={item} />
            ))}
          </ul>
        )}
        {inbox.hasNextPage && (
          <div className={styles.more}>
            <Button size="sm" busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
              Show earlier ones
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}
