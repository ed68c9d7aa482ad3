import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "@trading-journal/sdk";
import { mailVerifyLink } from "~/api/auth";
import { changeMe, meQuery } from "~/api/me";
import { toProblem } from "~/api/problem";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { Notice, ProblemNotice } from "~/ui/Notice";
import { PasswordInput } from "~/ui/PasswordInput";
import { QueryState } from "~/ui/QueryState";
import { toast } from "~/ui/toasts";

export function ProfileSection() {
  const me = useQuery(meQuery);
  return (
    <>
      <Card title="Profile">
        <QueryState query={me}>{(user) => <NameForm user={user} />}</QueryState>
      </Card>
      <Card title="E-mail" description="You sign in with it, and mails about your account go there.">
        <QueryState query={me}>{(user) => <EmailForm user={user} />}</QueryState>
      </Card>
    </>
  );
}

function NameForm({ user }: { user: User }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(user.display_name);
  const change = useMutation({
    mutationFn: () => changeMe({ display_name: name.trim() }),
    onSuccess: (next) => {
      queryClient.setQueryData(meQuery.queryKey, next);
      toast("Your name is changed");
    },
  });
  return (
    <Form
      onSubmit={() => change.mutate()}
      actions={
        <Button type="submit" busy={change.isPending} disabled={name.trim() === user.display_name}>
          Save
        </Button>
      }
    >
      <Field label="Name" error={toProblem(change.error).fieldErrors["display_name"]}>
        <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </Form>
  );
}

function EmailForm({ user }: { user: User }) {
  const [email, setEmail] = useState(user.email);
  const [password, setPassword] = useState("");
  const change = useMutation({
    mutationFn: () => changeMe({ email: email.trim(), password }),
    onSuccess: () => setPassword(""),
  });
  const isOther = email.trim() !== user.email;
  const { fieldErrors } = toProblem(change.error);
  return (
    <Form
      onSubmit={() => change.mutate()}
      actions={
        <Button type="submit" busy={change.isPending} disabled={!isOther || password === ""}>
          Change address
        </Button>
      }
    >
      {!user.email_verified && <NotVerified email={user.email} />}
      {change.isSuccess && (
        <Notice tone="gain">
          We sent a link to {email}. The address counts once you followed it.
        </Notice>
      )}
      <Field
        label="Address"
        aside={user.email_verified ? <Badge tone="gain">Confirmed</Badge> : undefined}
        error={fieldErrors["email"]}
      >
        <Input type="email" required autoComplete="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      {isOther && (
        <Field label="Your password" error={fieldErrors["password"]}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      )}
      {Object.keys(fieldErrors).length === 0 && <ProblemNotice error={change.error} />}
    </Form>
  );
}

function NotVerified({ email }: { email: string }) {
  const mail = useMutation({ mutationFn: () => mailVerifyLink(email) });
  return (
    <Notice
      tone="warn"
      title="This address is not confirmed"
      action={
        <Button size="sm" busy={mail.isPending} disabled={mail.isSuccess} onClick={() => mail.mutate()}>
          {mail.isSuccess ? "Sent" : "Send the link again"}
        </Button>
      }
    >
      Follow the link in the mail that you got when you registered.
      <ProblemNotice error={mail.error} />
    </Notice>
  );
}
