import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "@trading-journal/sdk";
import { parseAmount, withSign } from "~/accountForm/amount";
import { addCash, cashQuery } from "~/api/accounts";
import { idempotencyKey } from "~/api/client";
import { toProblem } from "~/api/problem";
import { startOfDay, today } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Form, Pair } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { SegmentedControl } from "~/ui/SegmentedControl";
import { Select } from "~/ui/Select";
import { toast } from "~/ui/toasts";
import { cashKinds, cashWords } from "./words";

type Kind = (typeof cashKinds)[number]["value"];

export function CashForm({ account }: { account: Account }) {
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<Kind>("deposit");
  const [direction, setDirection] = useState<"received" | "paid">("received");
  const [amount, setAmount] = useState("");
  const [day, setDay] = useState(() => today(account.time_zone));
  const [note, setNote] = useState("");
  const parsed = parseAmount(amount);
  const add = useMutation({
    mutationFn: (exact: string) => {
      const body = { kind, amount: exact, booked_at: startOfDay(day, account.time_zone), note: note.trim() || null };
      return addCash(account.id, body, idempotencyKey());
    },
    onSuccess: async () => {
      toast(`${cashWords(kind)} is entered`);
      setAmount("");
      setNote("");
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: cashQuery(account.id).queryKey }),
        queryClient.invalidateQueries({ queryKey: ["analytics"] }),
      ]);
    },
  });
  const { fieldErrors } = toProblem(add.error);

  function choose(next: Kind): void {
    setKind(next);
    setDirection(cashKinds.find(({ value }) => value === next)?.isPaid ? "paid" : "received");
  }

  return (
    <Form
      onSubmit={() => parsed !== null && add.mutate(withSign(parsed, direction === "paid"))}
      actions={
        <>
          <SegmentedControl
            label="Direction"
            value={direction}
            onValueChange={setDirection}
            options={[
              { value: "received", label: "Received" },
              { value: "paid", label: "Paid" },
            ]}
          />
          <Button type="submit" variant="primary" busy={add.isPending} disabled={parsed === null || day === ""}>
            Enter
          </Button>
        </>
      }
    >
      <Pair>
        <Field label="Kind" error={fieldErrors["kind"]}>
          <Select value={kind} options={cashKinds} onValueChange={choose} />
        </Field>
        <Field
          label={`Amount in ${account.currency}`}
          error={fieldErrors["amount"] ?? (amount.trim() !== "" && parsed === null ? "This is no amount, such as 250.00" : undefined)}
        >
          <Input inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} placeholder="250.00" />
        </Field>
        <Field label="Day" error={fieldErrors["booked_at"]}>
          <Input type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
        </Field>
        <Field label="Note" aside="optional" error={fieldErrors["note"]}>
          <Input value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </Pair>
      {Object.keys(fieldErrors).length === 0 && <ProblemNotice error={add.error} />}
    </Form>
  );
}
