import type { Fill } from "@trading-journal/sdk";
import { type SubmitEvent, useState } from "react";
import { voidFill } from "~/api/fills.ts";
import { formatInstant, formatNumber } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import styles from "./FillForms.module.css";
import { useFillChange } from "./useFillChange.ts";

interface VoidFillProps {
  fill: Fill;
  zone: string;
  onClose: () => void;
}

/** Takes a fill back, for good. */
export function VoidFill({ fill, zone, onClose }: VoidFillProps) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const change = useFillChange((why: string) => voidFill(fill.id, why), "The fill is void, and its trades follow", onClose);
  const what = `${fill.side === "buy" ? "Buy" : "Sell"} ${formatNumber(fill.quantity)} at ${formatNumber(fill.price)}, ${formatInstant(fill.executed_at, zone, { seconds: true })}`;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== "") change.mutate(reason.trim());
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Void this fill" description={what}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.whole}>It will count in no trade any more. It stays in the history of the account, and this cannot be undone.</p>
        <div className={styles.whole}>
          <Field label="Reason" error={tried && reason.trim() === "" && "Say why: it stays beside the fill"}>
            <Input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </div>
        <div className={styles.whole}>
          <ProblemNotice error={change.error} />
        </div>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" busy={change.isPending}>
            Void the fill
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
