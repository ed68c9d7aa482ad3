import type { Trade } from "@trading-journal/sdk";
import { type SubmitEvent, useState } from "react";
import { formatAmount } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import styles from "./PlanCard.module.css";
import { changeOf, type Plan, planOf } from "./plan.ts";
import { useChange } from "./useChange.ts";

/** Stop, target and risk as they were planned: what makes the result an R. */
export function PlanCard({ trade }: { trade: Trade }) {
  return (
    <Card title="Plan" description={describe(trade)}>
      <PlanForm key={JSON.stringify(planOf(trade))} trade={trade} />
    </Card>
  );
}

function describe(trade: Trade): string {
  if (trade.risk == null) return "With a stop or a risk, the result is told in R.";
  return `Risk ${formatAmount(trade.risk, trade.currency)} at the opening.`;
}

/** Begins anew when the plan was changed by somebody else. */
function PlanForm({ trade }: { trade: Trade }) {
  const [plan, setPlan] = useState<Plan>(() => planOf(trade));
  const { change, isPending } = useChange(trade);
  const { changes, errors } = changeOf(trade, plan);
  const isDirty = Object.keys(changes).length > 0 || Object.keys(errors).length > 0;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (Object.keys(errors).length === 0 && isDirty) change(changes);
  }

  const field = (name: keyof Plan, label: string) => (
    <Field label={label} error={errors[name]}>
      <Input inputMode="decimal" autoComplete="off" value={plan[name]} onChange={(event) => setPlan({ ...plan, [name]: event.target.value })} />
    </Field>
  );
  return (
    <form className={styles.form} onSubmit={submit}>
      {field("planned_stop", "Stop")}
      {field("planned_target", "Target")}
      <div className={styles.whole}>{field("risk", `Risk in ${trade.currency}, if it is not what the stop gives`)}</div>
      {isDirty && (
        <div className={styles.actions}>
          <Button size="sm" variant="quiet" onClick={() => setPlan(planOf(trade))}>
            Reset
          </Button>
          <Button size="sm" variant="primary" type="submit" busy={isPending}>
            Save plan
          </Button>
        </div>
      )}
    </form>
  );
}
