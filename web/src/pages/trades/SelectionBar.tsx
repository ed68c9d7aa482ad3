import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Combine, Tag, X } from "lucide-react";
import { useState } from "react";
import { deleteRegrouping, mergeTrades, tradeKeys, type TradeRow } from "~/api/trades.ts";
import { formatCount, formatNumber } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Hint } from "~/ui/Hint";
import { IconButton } from "~/ui/IconButton";
import { toast, toastProblem } from "~/ui/toasts";
import { type TagChanges, tagTrades } from "./bulk.ts";
import styles from "./SelectionBar.module.css";
import { TagDialog } from "./TagDialog.tsx";
import { whyNotMerged } from "./whyNotMerged.ts";

interface SelectionBarProps {
  /** The selected trades. */
  trades: readonly TradeRow[];
  tags: readonly string[];
  onClear: () => void;
}

/** What can be done with the selected trades. Each of it can be undone. */
export function SelectionBar({ trades, tags, onClear }: SelectionBarProps) {
  const client = useQueryClient();
  const [tagging, setTagging] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: tradeKeys.all });

  const tag = useMutation({
    mutationFn: (changes: TagChanges) => tagTrades(client, changes),
    onSuccess: (undo) => {
      setTagging(false);
      if (undo.size === 0) toast("They are tagged like that already");
      else toast(`Tags of ${formatCount(undo.size, "trade")} changed`, { label: "Undo", run: () => void tagTrades(client, undo).catch(toastProblem) });
    },
    onError: (error) => toastProblem(error),
  });

  const merge = useMutation({
    mutationFn: () => mergeTrades(trades.map(({ id }) => id)),
    onSuccess: (regrouping) => {
      const run = () => void deleteRegrouping(regrouping.id).then(refresh, toastProblem);
      toast(`${formatCount(trades.length, "trade")} merged into one`, { label: "Undo", run });
      onClear();
      return refresh();
    },
    onError: (error) => toastProblem(error),
  });

  const obstacle = whyNotMerged(trades);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected trades">
      <strong aria-live="polite">{formatNumber(trades.length)} selected</strong>
      <Button size="sm" icon={<Tag aria-hidden />} onClick={() => setTagging(true)}>
        Tag
      </Button>
      <Hint text={obstacle ?? "Makes one trade of them; it can be taken apart again"}>
        {/* A disabled button tells nobody why. */}
        <Button
          size="sm"
          icon={<Combine aria-hidden />}
          busy={merge.isPending}
          aria-disabled={obstacle !== null}
          className={obstacle === null ? undefined : styles.off}
          onClick={() => (obstacle === null ? merge.mutate() : toast(obstacle))}
        >
          Merge
        </Button>
      </Hint>
      <IconButton size="sm" label="Clear the selection" onClick={onClear}>
        <X aria-hidden />
      </IconButton>
      <TagDialog
        open={tagging}
        onOpenChange={setTagging}
        trades={trades}
        known={tags}
        busy={tag.isPending}
        onApply={(change) => tag.mutate(new Map(trades.map((trade) => [trade, change])))}
      />
    </div>
  );
}
