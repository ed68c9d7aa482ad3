import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { meQuery } from "~/api/me";
import { toProblem } from "~/api/problem";
import { changePassword, sessionsQuery } from "~/api/security";
import { NewPassword } from "~/credentials/NewPassword";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { ProblemNotice } from "~/ui/Notice";
import { PasswordInput } from "~/ui/PasswordInput";
import { textOf } from "~/ui/textOf";
import { toast } from "~/ui/toasts";
import styles from "./PasswordCard.module.css";

export function PasswordCard() {
  const queryClient = useQueryClient();
  const me = useQuery(meQuery).data;
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: ([current, next]: [string, string]) => changePassword(current, next),
    onSuccess: () => {
      form.current?.reset();
      toast("Your password is changed. Other sessions ended.");
      return queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const { fieldErrors } = toProblem(change.error);
  return (
    <Card title="Password" description="A new one ends your other sessions and revokes your API keys.">
      <form
        ref={form}
        // The rules begin anew with an empty field.
        key={change.isSuccess ? change.submittedAt : 0}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const values = new FormData(event.currentTarget);
          change.mutate([textOf(values, "current"), textOf(values, "password")]);
        }}
      >
        <input type="hidden" autoComplete="username" value={me?.email ?? ""} readOnly />
        <Field label="Current password" error={fieldErrors["current_password"]}>
          <PasswordInput name="current" required autoComplete="current-password" />
        </Field>
        <NewPassword
          label="New password"
          known={{ email: me?.email ?? "", name: me?.display_name ?? "" }}
          error={fieldErrors["new_password"]}
        />
        {Object.keys(fieldErrors).length === 0 && <ProblemNotice error={change.error} />}
        <Button type="submit" busy={change.isPending}>
          Change password
        </Button>
      </form>
    </Card>
  );
}
