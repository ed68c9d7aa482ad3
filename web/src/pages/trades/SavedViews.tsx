import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark, Trash2 } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { deleteView, saveView, savedViewsQuery } from "~/api/savedViews.ts";
import { parseFilters, readSearch, toSearch } from "~/search/index.ts";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { IconButton } from "~/ui/IconButton";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { Popover } from "~/ui/Popover";
import { toast, toastProblem } from "~/ui/toasts";
import styles from "./SavedViews.module.css";

const PAGE = "trades";

/** The page as it was set up, by name: on every device. */
export function SavedViews({ query }: { query: string }) {
  const client = useQueryClient();
  const views = useQuery(savedViewsQuery(PAGE));
  const [open, setOpen] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: savedViewsQuery(PAGE).queryKey });

  const remove = useMutation({
    mutationFn: (view: { id: string; name: string; query: string }) => deleteView(view.id),
    onSuccess: (_, { name, query }) => {
      toast(`“${name}” is deleted`, { label: "Undo", run: () => void saveView(PAGE, name, query).then(refresh, toastProblem) });
      return refresh();
    },
    onError: (error) => toastProblem(error),
  });

  return (
    <Popover align="end" open={open} onOpenChange={setOpen} className={styles.views ?? ""} trigger={<Button icon={<Bookmark aria-hidden />}>Views</Button>}>
      {views.data && views.data.length > 0 ? (
        <ul className={styles.list}>
          {views.data.map((view) => (
            <li key={view.id}>
              <Link to="/trades" search={toSearch(parseFilters(readSearch(view.query)))} className={styles.view} onClick={() => setOpen(false)}>
                <bdi>{view.name}</bdi>
              </Link>
              <IconButton size="sm" label={`Delete ${view.name}`} onClick={() => remove.mutate(view)}>
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.none}>Save the filters and the order of this page under a name, and come back to them.</p>
      )}
      <ProblemNotice error={views.error} />
      <SaveForm query={query} onSaved={refresh} />
    </Popover>
  );
}

function SaveForm({ query, onSaved }: { query: string; onSaved: () => Promise<void> }) {
  const [name, setName] = useState("");
  const save = useMutation({
    mutationFn: () => saveView(PAGE, name.trim(), query),
    onSuccess: () => {
      setName("");
      return onSaved();
    },
  });
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (name.trim() !== "") save.mutate();
  }
  return (
    <form className={styles.save} onSubmit={submit}>
      <Field label="Save this view as">
        <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ""}>
        Save
      </Button>
      <ProblemNotice error={save.error} />
    </form>
  );
}
