import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { createPlaybook, playbooksQuery } from "~/api/labels.ts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Input, Textarea } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import styles from "./ReviewCard.module.css";

const MOST_RULES = 50;

interface NewPlaybookProps {
  onClose: () => void;
  onCreated: (id: string) => void;
}

/** Writes down a way of trading: a name and its rules, one a line. */
export function NewPlaybook({ onClose, onCreated }: NewPlaybookProps) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const rules = text.split("\n").map((rule) => rule.trim()).filter((rule) => rule !== "");
  const create = useMutation({
    mutationFn: () => createPlaybook({ name: name.trim(), rules: rules.map((rule) => ({ text: rule })) }),
    onSuccess: async (playbook) => {
      await client.invalidateQueries({ queryKey: playbooksQuery.queryKey });
      onCreated(playbook.id);
      onClose();
    },
  });
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (name.trim() !== "" && rules.length <= MOST_RULES) create.mutate();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="New playbook" description="A way of trading, and the rules that make it.">
      <form className={styles.form} onSubmit={submit}>
        <Field label="Name">
          <Input autoFocus value={name} maxLength={100} placeholder="Gap and go" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Rules, one a line" error={rules.length > MOST_RULES && `At most ${MOST_RULES} rules`}>
          <Textarea rows={6} value={text} placeholder={"Gap above 2 %\nWaited for the first pullback"} onChange={(event) => setText(event.target.value)} />
        </Field>
        <ProblemNotice error={create.error} />
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={name.trim() === ""}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
