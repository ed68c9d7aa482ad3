import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import type { Session } from "@trading-journal/sdk";
import { endSession, sessionsQuery } from "~/api/security";
import { formatAgo, formatInstant, localZone } from "~/format/index.ts";
import { leave } from "~/shell/leave";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Hint } from "~/ui/Hint";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { toast, toastProblem } from "~/ui/toasts";

export function SessionsSection() {
  const sessions = useQuery(sessionsQuery);
  const others = sessions.data?.filter((session) => !session.current) ?? [];
  return (
    <Card
      title="Sessions"
      description="Where you are signed in. A session ends when it was not used for 14 days."
      actions={others.length > 0 && <SignOutOthers others={others} />}
    >
      <QueryState query={sessions}>
        {(items) => (
          <List label="Sessions">
            {items.map((session) => (
              <SessionItem key={session.id} session={session} />
            ))}
          </List>
        )}
      </QueryState>
    </Card>
  );
}

function SessionItem({ session }: { session: Session }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => {
      toast(`${session.device_name} is signed out`);
      return queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: toastProblem,
  });
  const isPhone = /Android|iPhone|iPad|iOS/.test(session.device_name);
  return (
    <ListItem
      icon={isPhone ? <Smartphone /> : <Laptop />}
      title={session.device_name}
      badge={session.current && <Badge tone="accent">This one</Badge>}
      description={
        <>
          {session.ip_address} ·{" "}
          <Hint text={`Signed in ${formatInstant(session.created_at, localZone())}`}>
            <button type="button" className="plain-button">
              used {formatAgo(session.last_used_at)}
            </button>
          </Hint>
        </>
      }
      actions={
        <Button size="sm" busy={end.isPending} onClick={() => (session.current ? leave() : end.mutate())}>
          Sign out
        </Button>
      }
    />
  );
}

function SignOutOthers({ others }: { others: readonly Session[] }) {
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Sign out the others</Button>}
      title="Sign out everywhere else?"
      description={`${others.length === 1 ? "One other session ends" : `${others.length} other sessions end`} at once. This one stays.`}
      action="Sign out the others"
      onConfirm={async () => {
        await Promise.all(others.map((session) => endSession(session.id)));
        await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      }}
    />
  );
}
