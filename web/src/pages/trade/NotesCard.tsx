import { useQueryClient } from "@tanstack/react-query";
import type { TradeDetail } from "@trading-journal/sdk";
import { useMemo } from "react";
import { tradeNotesSaver } from "~/api/saveNotes.ts";
import { NoteEditor } from "~/markdown/NoteEditor.tsx";
import { Card } from "~/ui/Card";

export function NotesCard({ trade }: { trade: TradeDetail }) {
  const client = useQueryClient();
  const { id } = trade;
  const save = useMemo(() => tradeNotesSaver(client, id), [client, id]);
  return (
    <Card>
      <NoteEditor
        key={id}
        name={`trade:${id}`}
        label="Notes of this trade"
        heading={<h2 style={{ fontSize: "var(--text-md)" }}>Notes</h2>}
        text={trade.notes}
        save={save}
        placeholder="Why did you take it, what did you see, what would you do again? Markdown works."
      />
    </Card>
  );
}
