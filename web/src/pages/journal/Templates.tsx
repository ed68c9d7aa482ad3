import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileText, Settings2 } from "lucide-react";
import { useState } from "react";
import { dayQuery, journalKeys, templatesQuery, writeDay } from "~/api/journal";
import type { Day } from "~/format";
import { Button } from "~/ui/Button";
import { Menu, MenuItem, MenuLine } from "~/ui/Menu";
import { toast, toastProblem } from "~/ui/toasts";
import { TemplatesDialog } from "./TemplatesDialog";

interface TemplatesProps {
  day: Day;
  /** What is written already: a template goes below it. */
  notes: string;
}

/** Begins the note with a template, or goes on with one. */
export function Templates({ day, notes }: TemplatesProps) {
  const queryClient = useQueryClient();
  const { data: templates = [] } = useQuery(templatesQuery);
  const [isEditing, setEditing] = useState(false);
  const insert = useMutation({
    mutationFn: async (body: string) => {
      const etag = queryClient.getQueryData(dayQuery(day).queryKey)?.etag ?? null;
      const text = notes.trim() === "" ? body : `${notes.trimEnd()}\n\n${body}`;
      return writeDay(day, text, etag);
    },
    onSuccess: ({ data, etag }) => {
      queryClient.setQueryData(dayQuery(day).queryKey, { day: data, etag });
      void queryClient.invalidateQueries({ queryKey: journalKeys.days });
      toast("The template is in the note");
    },
    onError: (error) => toastProblem(error),
  });
  return (
    <>
      <Menu
        trigger={
          <Button size="sm" icon={<FileText />} busy={insert.isPending}>
            Template
          </Button>
        }
      >
        {templates.map(({ id, name, body }) => (
          <MenuItem key={id} onSelect={() => insert.mutate(body)}>
            {name}
          </MenuItem>
        ))}
        {templates.length > 0 && <MenuLine />}
        <MenuItem icon={<Settings2 />} onSelect={() => setEditing(true)}>
          {templates.length === 0 ? "Write a template" : "Edit templates"}
        </MenuItem>
      </Menu>
      <TemplatesDialog open={isEditing} onOpenChange={setEditing} templates={templates} />
    </>
  );
}
