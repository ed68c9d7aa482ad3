import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { createCustomField, customFieldsQuery } from "~/api/labels.ts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Input, Textarea } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";
import styles from "./ReviewCard.module.css";

const KINDS = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "choice", label: "One of several" },
  { value: "boolean", label: "Yes or no" },
] as const;

type Kind = (typeof KINDS)[number]["value"];

/** Adds something to note about each trade. */
export function NewField({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("text");
  const [text, setText] = useState("");
  const choices = kind === "choice" ? text.split("\n").map((choice) => choice.trim()).filter((choice) => choice !== "") : [];
  const create = useMutation({
    mutationFn: () => createCustomField({ name: name.trim(), kind, ...(kind === "choice" ? { choices } : {}) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: customFieldsQuery.queryKey });
      onClose();
    },
  });
  const isReady = name.trim() !== "" && (kind !== "choice" || choices.length > 0);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (isReady) create.mutate();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="New field" description="Every trade has it, empty at first.">
      <form className={styles.form} onSubmit={submit}>
        <Field label="Name">
          <Input autoFocus value={name} maxLength={100} placeholder="Mood" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Kind">
          <Select value={kind} options={KINDS} onValueChange={setKind} />
        </Field>
        {kind === "choice" && (
          <Field label="Choices, one a line">
            <Textarea rows={4} value={text} placeholder={"Calm\nAngry"} onChange={(event) => setText(event.target.value)} />
          </Field>
        )}
        <ProblemNotice error={create.error} />
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={!isReady}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
