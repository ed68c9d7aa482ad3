import type { Fill, FillCorrection } from "@trading-journal/sdk";
import { type SubmitEvent, useState } from "react";
import { toProblem } from "~/api/problem";
import { correctFill } from "~/api/fills.ts";
import { formatInstant } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";
import { correctionOf, type Statement, statementOf } from "./correction.ts";
import styles from "./FillForms.module.css";
import { useFillChange } from "./useFillChange.ts";

interface FillFormProps {
  fill: Fill;
  zone: string;
  onClose: () => void;
}

const SIDES = [
  { value: "buy", label: "Buy" },
  { value: "sell", label: "Sell" },
] as const;

/** States a fill anew. What was stated before stays to be seen. */
export function CorrectFill({ fill, zone, onClose }: FillFormProps) {
  const [statement, setStatement] = useState<Statement>(() => statementOf(fill));
  const [tried, setTried] = useState(false);
  const change = useFillChange((correction: FillCorrection) => correctFill(fill.id, correction), "The fill is corrected, and its trades with it", onClose);
  const { correction, errors } = correctionOf(fill, statement);
  const refused = change.error ? toProblem(change.error).fieldErrors : {};

  function submit(event: SubmitEvent) {
    event.preventDefault();
    setTried(true);
    if (correction && Object.keys(errors).length === 0) change.mutate(correction);
  }

  const text = (name: Exclude<keyof Statement, "side">, label: string, help?: string) => (
    <Field label={label} error={(tried ? errors[name] : undefined) ?? refused[name]} {...(help === undefined ? {} : { help })}>
      <Input
        inputMode={name === "reason" || name === "executed_at" ? "text" : "decimal"}
        autoComplete="off"
        maxLength={500}
        value={statement[name]}
        onChange={(event) => setStatement({ ...statement, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} size="md" title="Correct this fill" description="What was stated before stays to be seen in its history.">
      <form className={styles.form} onSubmit={submit}>
        <Field label="Side">
          <Select value={statement.side} options={SIDES} onValueChange={(side) => setStatement({ ...statement, side })} />
        </Field>
        {text("quantity", "Quantity")}
        {text("price", "Price")}
        {text("commission", `Commission in ${fill.currency}`)}
        {text("fees", `Fees in ${fill.currency}`)}
        {text("executed_at", "Time in UTC", formatInstant(statement.executed_at, zone, { seconds: true }))}
        <div className={styles.whole}>{text("reason", "Reason")}</div>
        <div className={styles.whole}>
          <ProblemNotice error={change.error} />
        </div>
        <div className={styles.actions}>
          {tried && correction === null && <span>Nothing is stated anew yet.</span>}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={change.isPending}>
            Correct
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
