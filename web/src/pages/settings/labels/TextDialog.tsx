import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { toProblem } from "~/api/problem";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input, Textarea } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";

interface TextDialogProps {
  title: string;
  description?: string;
  trigger: ReactElement;
  name: string;
  /** Something with one entry a line beside the name. */
  lines?: { label: string; text: string };
  onSave: (name: string, lines: string) => Promise<unknown>;
}

/** Changes a name, and what belongs to it line by line. */
export function TextDialog({ title, description, trigger, lines, onSave, ...known }: TextDialogProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(known.name);
  const [text, setText] = useState(lines?.text ?? "");
  const save = useMutation({ mutationFn: () => onSave(name.trim(), text), onSuccess: () => setOpen(false) });
  const errors = save.error === null ? {} : toProblem(save.error).fieldErrors;
  function change(next: boolean): void {
    setOpen(next);
    // As it is now, whatever was typed the last time.
    setName(known.name);
    setText(lines?.text ?? "");
    save.reset();
  }
  return (
    <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={change}>
      <Form
        onSubmit={() => save.mutate()}
        actions={
          <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ""}>
            Save
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
        {errors["name"] === undefined && <ProblemNotice error={save.error} />}
      </Form>
    </Dialog>
  );
}
