import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Regrouping, TradeDetail } from "@trading-journal/sdk";
import { useState } from "react";
import { deleteRegrouping, splitTrade, tradeKeys } from "~/api/trades.ts";
import { formatCount, formatInstant, formatNumber } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Checkbox } from "~/ui/Checkbox";
import { Dialog } from "~/ui/Dialog";
import { ProblemNotice } from "~/ui/Notice";
import { SegmentedControl } from "~/ui/SegmentedControl";
import { toast, toastProblem } from "~/ui/toasts";
import { useAccounts } from "../trades/useAccounts.ts";
import { rolesOf } from "./sources.ts";
import styles from "./SplitDialog.module.css";

type Way = "exit" | "day" | "chosen";

const WAYS = [
  { value: "exit", label: "Each exit" },
  { value: "day", label: "Each day" },
  { value: "chosen", label: "At exits of my choice" },
] as const;

const WORDS: Record<Way, string> = {
  exit: "Each exit becomes a trade of its own.",
  day: "The exits of each day become one trade.",
  chosen: "A new trade begins with each exit that you tick.",
};

/** Makes several trades of one, along its legs: no leg is cut, and all of it can be undone. */
export function SplitDialog({ trade, onClose }: { trade: TradeDetail; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { zoneOf } = useAccounts();
  const [way, setWay] = useState<Way>("exit");
  const [begins, setBegins] = useState<readonly string[]>([]);
  const roles = rolesOf(trade);
  // The first part begins with the first exit anyway.
  const exits = trade.fills.filter((fill) => roles.get(fill.execution_id) !== "entry").slice(1);

  const undo = async (regrouping: Regrouping) => {
    await deleteRegrouping(regrouping.id);
    await client.invalidateQueries({ queryKey: tradeKeys.all });
    await navigate({ to: "/trade/$id", params: { id: trade.id } });
  };
  const split = useMutation({
    mutationFn: () => splitTrade(trade.id, way === "chosen" ? { along: "exits", begins: [...begins] } : { each: way }),
    onSuccess: async (regrouping) => {
      onClose();
      await client.invalidateQueries({ queryKey: tradeKeys.lists });
      const [first] = regrouping.trade_ids;
      if (first !== undefined) await navigate({ to: "/trade/$id", params: { id: first } });
      toast(`Split into ${formatCount(regrouping.trade_ids.length, "trade")}`, { label: "Undo", run: () => void undo(regrouping).catch(toastProblem) });
    },
  });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="md"
      title="Split this trade"
      description={WORDS[way]}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={split.isPending} disabled={way === "chosen" && begins.length === 0} onClick={() => split.mutate()}>
            Split
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <SegmentedControl label="Where the parts begin" value={way} options={WAYS} onValueChange={setWay} />
        {way === "chosen" && (
          <div className={styles.exits}>
            {exits.map(({ execution_id, quantity, price, executed_at }) => (
              <Checkbox
                key={execution_id}
                label={`${formatNumber(quantity)} at ${formatNumber(price)}, ${formatInstant(executed_at, zoneOf(trade.account_id), { seconds: true })}`}
                checked={begins.includes(execution_id)}
                onCheckedChange={(checked) => setBegins(checked ? [...begins, execution_id] : begins.filter((other) => other !== execution_id))}
              />
            ))}
          </div>
        )}
        <ProblemNotice error={split.error} />
      </div>
    </Dialog>
  );
}
