import { useState } from "react";
import type { TradeRow } from "~/api/trades.ts";
import { formatCount } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Dialog, DialogClose } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import type { TagChange } from "./tagChange.ts";
import { TagInput } from "~/tags/TagInput.tsx";

interface TagDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trades: readonly TradeRow[];
  known: readonly string[];
  busy: boolean;
  onApply: (change: TagChange) => void;
}

export function TagDialog({ open, onOpenChange, trades, known, busy, onApply }: TagDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Tag ${formatCount(trades.length, "trade")}`}>
      <TagForm trades={trades} known={known} busy={busy} onApply={onApply} />
    </Dialog>
  );
}

/** Of its own, so that it begins anew each time the dialog opens. */
function TagForm({ trades, known, busy, onApply }: Omit<TagDialogProps, "open" | "onOpenChange">) {
  const [change, setChange] = useState<TagChange>({ add: [], remove: [] });
  const present = [...new Set(trades.flatMap((trade) => trade.tags))].sort((a, b) => a.localeCompare(b));
  const isEmpty = change.add.length + change.remove.length === 0;
  return (
    <form
      style={{ display: "grid", gap: "var(--space-4)" }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) onApply(change);
      }}
    >
      <Field label="Add" help="Enter or comma after each tag">
        <TagInput autoFocus tags={change.add} known={known} onChange={(add) => setChange({ ...change, add })} />
      </Field>
      {present.length > 0 && (
        <Field label="Remove">
          <TagInput tags={change.remove} known={present} onChange={(remove) => setChange({ ...change, remove })} />
        </Field>
      )}
      <div style={{ display: "flex", gap: "var(--space-2)", justifyContent: "flex-end" }}>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy} disabled={isEmpty}>
          Apply
        </Button>
      </div>
    </form>
  );
}
