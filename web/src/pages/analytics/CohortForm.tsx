// What sets one of two sets of trades apart.

import type { Account } from "@trading-journal/sdk";
import type { Named } from "~/filters/chips";
import { isDay } from "~/format";
import { RATINGS } from "~/search";
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
  /** What there is to be chosen from. */
  symbols: readonly string[];
  tags: readonly string[];
  mistakes: readonly string[];
  playbooks: readonly Named[];
  onChange: (cohort: Cohort) => void;
}

export function CohortForm({ name, cohort, accounts, symbols, tags, mistakes, playbooks, onChange }: CohortFormProps) {
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
  const named = (values: readonly Named[]) => values.map(({ id, name: label }) => ({ value: id, label }));
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
        {choice("playbook", "Playbook", "Any or none", named(playbooks))}
        {choice("mistake", "Mistake", "Any or none", plain(mistakes))}
        {choice(
          "rating",
          "Execution rating",
          "Any or none",
          RATINGS.map((value) => ({ value, label: `${value} of 5` })),
        )}
        {choice("account", "Account", "As above", named(accounts))}
        {day("from", "First day")}
        {day("to", "Last day")}
      </div>
    </Card>
  );
}
