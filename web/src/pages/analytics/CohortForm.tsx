// What sets one of two sets of trades apart.

import type { Account } from "@trading-journal/sdk";
import { isDay } from "~/format";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Select } from "~/ui/Select";
import styles from "./CohortForm.module.css";
import type { Cohort, CohortField } from "./cohorts";

interface CohortFormProps {
  name: "A" | "B";
  cohort: Cohort;
  accounts: readonly Account[];
  /** Symbols and tags that there are. */
  symbols: readonly string[];
  tags: readonly string[];
  onChange: (cohort: Cohort) => void;
}

export function CohortForm({ name, cohort, accounts, symbols, tags, onChange }: CohortFormProps) {
  const set = (field: CohortField, value: string) => {
    const others = Object.entries(cohort).filter(([other]) => other !== field);
    onChange({ ...Object.fromEntries(others), ...(value === "" ? {} : { [field]: value }) });
  };
  const choice = (field: CohortField, label: string, any: string, options: readonly { value: string; label: string }[]) => {
    const value = cohort[field] ?? "";
    const isKnown = value === "" || options.some((option) => option.value === value);
    return (
      <Field label={label}>
        <Select
          value={value}
          options={[{ value: "", label: any }, ...options, ...(isKnown ? [] : [{ value, label: value }])]}
          onValueChange={(next) => set(field, next)}
        />
      </Field>
    );
  };
  const day = (field: "from" | "to", label: string) => (
    <Field label={label}>
      <Input
        key={cohort[field] ?? ""}
        type="date"
        defaultValue={cohort[field] ?? ""}
        onBlur={({ target }) => {
          const value = isDay(target.value) ? target.value : "";
          if (value !== (cohort[field] ?? "")) set(field, value);
        }}
      />
    </Field>
  );
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  return (
    <Card title={`Trades ${name}`} className={name === "A" ? (styles.a ?? "") : (styles.b ?? "")}>
      <div className={styles.fields}>
        {choice("side", "Side", "Both sides", [
          { value: "long", label: "Long" },
          { value: "short", label: "Short" },
        ])}
        {choice("symbol", "Symbol", "All symbols", plain(symbols))}
        {choice("tag", "Tag", "Any or none", plain(tags))}
        {choice(
          "account",
          "Account",
          "As above",
          accounts.map(({ id, name: label }) => ({ value: id, label })),
        )}
        {day("from", "First day")}
        {day("to", "Last day")}
      </div>
    </Card>
  );
}
