import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKey } from "~/api/client";
import { giveUpMentoring, inviteMentor, mentoredQuery, mentorsQuery, removeMentor } from "~/api/mentors";
import { toProblem } from "~/api/problem";
import { formatAgo, formatInstant, localZone } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { List, ListItem } from "~/ui/List";
import { ProblemNotice } from "~/ui/Notice";
import { QueryState } from "~/ui/QueryState";
import { toast } from "~/ui/toasts";

export function MentorsSection() {
  const queryClient = useQueryClient();
  const mentors = useQuery(mentorsQuery);
  const mentored = useQuery(mentoredQuery);
  return (
    <>
      <Card title="Who reads your journal" description="A mentor sees trades, notes and statistics, and changes nothing.">
        <InviteForm />
        <QueryState query={mentors}>
          {(items) => (
            <List label="Mentors">
              {items.map((mentor) => (
                <ListItem
                  key={mentor.id}
                  title={mentor.email}
                  badge={<Badge tone={mentor.status === "accepted" ? "gain" : "neutral"}>{mentor.status === "accepted" ? "Reads along" : "Invited"}</Badge>}
                  description={
                    mentor.accepted_at == null
                      ? `The invitation is good until ${formatInstant(mentor.expires_at, localZone())}`
                      : `Since ${formatAgo(mentor.accepted_at)}`
                  }
                  actions={
                    <ConfirmDialog
                      trigger={<Button size="sm">Remove</Button>}
                      title={`Remove ${mentor.email}?`}
                      description="They cannot read your journal any more, at once."
                      action="Remove"
                      danger
                      onConfirm={async () => {
                        await removeMentor(mentor.id);
                        await queryClient.invalidateQueries({ queryKey: mentorsQuery.queryKey });
                      }}
                    />
                  }
                />
              ))}
            </List>
          )}
        </QueryState>
      </Card>
      <Card title="Whose journals you read">
        <QueryState query={mentored}>
          {(items) =>
            items.length === 0 ? (
              <p style={{ color: "var(--text-muted)" }}>Nobody has invited you. An invitation comes by mail.</p>
            ) : (
              <List label="Journals of others">
                {items.map((owner) => (
                  <ListItem
                    key={owner.id}
                    title={owner.display_name || owner.email}
                    description={`${owner.email} · since ${formatAgo(owner.accepted_at)}`}
                    actions={
                      <ConfirmDialog
                        trigger={<Button size="sm">Give up</Button>}
                        title={`Stop reading the journal of ${owner.email}?`}
                        description="To read it again you need another invitation."
                        action="Give up"
                        onConfirm={async () => {
                          await giveUpMentoring(owner.id);
                          await queryClient.invalidateQueries({ queryKey: mentoredQuery.queryKey });
                        }}
                      />
                    }
                  />
                ))}
              </List>
            )
          }
        </QueryState>
      </Card>
    </>
  );
}

function InviteForm() {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const invite = useMutation({
    mutationFn: () => inviteMentor(email.trim(), idempotencyKey()),
    onSuccess: (mentor) => {
      setEmail("");
      toast(`An invitation is on its way to ${mentor.email}`);
      return queryClient.invalidateQueries({ queryKey: mentorsQuery.queryKey });
    },
  });
  const { fieldErrors } = toProblem(invite.error);
  return (
    <Form
      onSubmit={() => invite.mutate()}
      actions={
        <Button type="submit" busy={invite.isPending} disabled={email.trim() === ""}>
          Send invitation
        </Button>
      }
    >
      <Field label="E-mail of whom you invite" error={fieldErrors["email"]}>
        <Input type="email" required value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" />
      </Field>
      {fieldErrors["email"] === undefined && <ProblemNotice error={invite.error} />}
    </Form>
  );
}
