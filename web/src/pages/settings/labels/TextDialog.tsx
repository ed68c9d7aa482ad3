import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { idempotencyKey } from "~/api/client";
import { toProblem } from "~/api/problem";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input, Textarea } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { isTooSlow, SlowNotice } from "~/ui/SlowNotice";

interface TextDialogProps {
  title: string;
  description?: string;
  trigger: ReactElement;
  name: string;
  /** Something with one entry a line beside the name. */
  lines?: { label: string; text: string };
  /** The key is the same for all attempts at the same text. */
  onSave: (name: string, lines: string, key: string) => Promise<unknown>;
}

/** Changes a name, and what belongs to it line by line. */
export function TextDialog({ title, description, trigger, lines, onSave, ...known }: TextDialogProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(known.name);
  const [text, setText] = useState(lines?.text ?? "");
  const [key, setKey] = useState(idempotencyKey);
  const save = useMutation({ mutationFn: () => onSave(name.trim(), text, key), onSuccess: () => setOpen(false) });
  const errors = save.error === null ? {} : toProblem(save.error).fieldErrors;
  function change(next: boolean): void {
    setOpen(next);
    // As it is now, whatever was typed the last time.
    setName(known.name);
    setText(lines?.text ?? "");
    setKey(idempotencyKey());
    save.reset();
  }
  return (
    <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={change}>
      <Form
        onSubmit={() => save.mutate()}
        actions={
          <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ""}>
            {isTooSlow(save.error) ? "Try again" : "Save"}
          </Button>
        }
      >
        <Field label="Name" error={errors["name"]}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {lines && (
          <Field label={lines.label}>
            <Textarea rows={8} value={text} onChange={(event) => setText(event.target.value)} />
          </Field>
        )}
        {isTooSlow(save.error) ? <SlowNotice /> : errors["name"] === undefined && <ProblemNotice error={save.error} />}
      </Form>
    </Dialog>
  );
}
