import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Template } from "@trading-journal/sdk";
import { Trash2 } from "lucide-react";
import { useState, type SubmitEvent } from "react";
import { changeTemplate, createTemplate, deleteTemplate, journalKeys } from "~/api/journal";
import { toProblem } from "~/api/problem";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Input, Textarea } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";
import { toast, toastProblem } from "~/ui/toasts";
import styles from "./journal.module.css";

const NEW = "";

interface TemplatesDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  templates: readonly Template[];
}

/** Writes, changes and deletes templates. */
export function TemplatesDialog({ open, onOpenChange, templates }: TemplatesDialogProps) {
  const [chosen, setChosen] = useState(NEW);
  const template = templates.find(({ id }) => id === chosen);
  return (
    <Dialog
      title="Templates"
      description="Texts that a note may begin with: a checklist before the open, questions for the review."
      open={open}
      onOpenChange={onOpenChange}
      size="md"
    >
      <div className={styles.form}>
        <Field label="Template">
          <Select
            value={template === undefined ? NEW : chosen}
            onValueChange={setChosen}
            options={[{ value: NEW, label: "A new one" }, ...templates.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Field>
        {/* Another template is another form. */}
        <TemplateForm key={template?.id ?? NEW} template={template} onSaved={setChosen} />
      </div>
    </Dialog>
  );
}

function TemplateForm({ template, onSaved }: { template: Template | undefined; onSaved: (id: string) => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(template?.name ?? "");
  const [body, setBody] = useState(template?.body ?? "");
  const refresh = () => queryClient.invalidateQueries({ queryKey: journalKeys.templates });
  const save = useMutation({
    mutationFn: () => (template === undefined ? createTemplate(name, body) : changeTemplate(template.id, { name, body })),
    onSuccess: async (saved) => {
      await refresh();
      toast(`“${saved.name}” is saved`);
      onSaved(saved.id);
    },
  });
  const remove = useMutation({
    mutationFn: (gone: Template) => deleteTemplate(gone.id),
    onSuccess: async (_, gone) => {
      await refresh();
      onSaved(NEW);
      const again = () => void createTemplate(gone.name, gone.body).then(refresh, toastProblem);
      toast(`“${gone.name}” is deleted`, { label: "Undo", run: again });
    },
    onError: (error) => toastProblem(error),
  });
  const errors = save.error === null ? {} : toProblem(save.error).fieldErrors;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Name" error={errors["name"]}>
        <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} />
      </Field>
      <Field label="Text" help="Markdown. `- [ ]` makes a box to tick." error={errors["body"]}>
        <Textarea value={body} onChange={(event) => setBody(event.target.value)} required maxLength={20_000} rows={10} />
      </Field>
      {Object.keys(errors).length === 0 && <ProblemNotice error={save.error} />}
      <div className={styles.buttons}>
        {template !== undefined && (
          <Button variant="danger" icon={<Trash2 />} busy={remove.isPending} onClick={() => remove.mutate(template)}>
            Delete
          </Button>
        )}
        <Button variant="primary" type="submit" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
