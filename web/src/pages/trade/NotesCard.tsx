import { useQueryClient } from "@tanstack/react-query";
import type { TradeDetail } from "@trading-journal/sdk";
import { useCallback } from "react";
import { changeSeen } from "~/api/changeSeen.ts";
import type { Saved } from "~/markdown/keeper.ts";
import { NoteEditor } from "~/markdown/NoteEditor.tsx";
import { Card } from "~/ui/Card";

export function NotesCard({ trade }: { trade: TradeDetail }) {
  const client = useQueryClient();
  const { id } = trade;
  const save = useCallback(
    async (notes: string, base: string): Promise<Saved> => {
      const changed = await changeSeen(client, id, { notes }, { notes: base });
      const { notes: text } = changed.trade;
      return changed.kind === "changed" ? { kind: "accepted", text } : { kind: "refused", theirs: text };
    },
    [client, id],
  );
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
