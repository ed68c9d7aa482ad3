import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Account } from "@trading-journal/sdk";
import { calendarsQuery } from "~/api/accounts";
import { isReason, toProblem } from "~/api/problem";
import { localZone } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Form, Pair } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { Notice, ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";
import { parseAmount } from "./amount";
import { matchings, toMatching } from "./matching";
import { useSaveAccount } from "./useSaveAccount";

const zones = Intl.supportedValuesOf("timeZone");
const currencies = Intl.supportedValuesOf("currency");

export function AccountForm({ account, onDone }: { account?: Account; onDone: () => void }) {
  const [name, setName] = useState(account?.name ?? "");
  const [broker, setBroker] = useState(account?.broker ?? "");
  const [currency, setCurrency] = useState(account?.currency ?? "USD");
  const [zone, setZone] = useState(account?.time_zone ?? localZone());
  const [matching, setMatching] = useState(toMatching(account?.matching ?? "fifo"));
  const [calendar, setCalendar] = useState(account?.session_calendar ?? "");
  const [opening, setOpening] = useState(account?.opening_balance?.amount ?? "");
  const [isAsked, setAsked] = useState(false);
  const calendars = useQuery(calendarsQuery).data ?? [];
  const save = useSaveAccount(account, onDone);
  const listId = useId();

  const amount = opening.trim() === "" ? null : parseAmount(opening);
  const amountError = isAsked && opening.trim() !== "" && amount === null ? "This is no amount, such as 25000.00" : undefined;
  const { fieldErrors } = toProblem(save.error);

  function submit(): void {
    setAsked(true);
    if (opening.trim() !== "" && amount === null) return;
    save.mutate({
      name: name.trim(),
      broker: broker.trim(),
      currency: currency.trim().toUpperCase(),
      time_zone: zone,
      matching,
      session_calendar: calendar === "" ? null : calendar,
      opening: amount,
    });
  }

  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" variant="primary" busy={save.isPending}>
          {account ? "Save" : "Create account"}
        </Button>
      }
    >
      <Pair>
        <Field label="Name" error={isReason(save.error, "account-name-taken") ? "Another account has this name" : fieldErrors["name"]}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} placeholder="Main account" />
        </Field>
        <Field label="Broker" error={fieldErrors["broker"]}>
          <Input required value={broker} onChange={(event) => setBroker(event.target.value)} placeholder="Interactive Brokers" />
        </Field>
      </Pair>
      <Pair>
        <Field label="Currency" error={fieldErrors["currency"]} help={account ? "It stays what it was." : undefined}>
          <Input
            required
            list={listId}
            maxLength={12}
            readOnly={account !== undefined}
            value={currency}
            onChange={(event) => setCurrency(event.target.value)}
          />
        </Field>
        <Field
          label="Opening balance"
          aside="optional"
          error={amountError ?? fieldErrors["opening_balance"] ?? fieldErrors["opening_balance.amount"]}
          help="What was there before the first trade: returns in percent need it."
        >
          <Input inputMode="decimal" value={opening} onChange={(event) => setOpening(event.target.value)} placeholder="25000.00" />
        </Field>
      </Pair>
      <Pair>
        <Field label="Time zone" error={fieldErrors["time_zone"]} help="Days and hours of statistics are on its clock.">
          <Select value={zone} options={zoneOptions(zone)} onValueChange={setZone} />
        </Field>
        <Field label="Trading days" error={fieldErrors["session_calendar"]} help="Which days count, and when each ends.">
          <Select
            value={calendar}
            options={[{ value: "", label: "Mondays to Fridays" }, ...calendars.map(({ id, name }) => ({ value: id, label: name }))]}
            onValueChange={setCalendar}
          />
        </Field>
      </Pair>
      <Field
        label="Matching"
        error={fieldErrors["matching"]}
        help="Which open lot a sale closes first. Closed trades have the same totals under every method; their legs differ."
      >
        <Select value={matching} options={matchings} onValueChange={setMatching} />
      </Field>
      <datalist id={listId}>
        {currencies.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      {isReason(save.error, "precondition-failed") ? (
        <Notice tone="warn">This account was changed elsewhere meanwhile. Save again to keep what stands here.</Notice>
      ) : (
        !isReason(save.error, "account-name-taken") &&
        Object.keys(fieldErrors).length === 0 && <ProblemNotice error={save.error} />
      )}
    </Form>
  );
}

/** All zones that the browser knows, and the one that is chosen should it be none of them. */
function zoneOptions(chosen: string) {
  const all = zones.includes(chosen) ? zones : [chosen, ...zones];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
