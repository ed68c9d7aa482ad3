import { useState } from "react";
import { type Outcome, OUTCOMES, type Side, SIDES } from "~/search/index.ts";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Select } from "~/ui/Select";
import { OUTCOMES as OUTCOME_NAMES } from "./chips.ts";
import type { FilterBarProps } from "./FilterBar.tsx";
import styles from "./FilterBar.module.css";

const ANY = { value: "", label: "Any" } as const;

/** Every filter by its name. Each counts at once; text counts when it is entered. */
export function FilterForm({ filters, onChange, accounts, tags, playbooks }: FilterBarProps) {
  const cleared = { account: undefined, from: undefined, to: undefined, symbol: [], side: undefined, outcome: [], status: undefined, tag: [], playbook: undefined };
  return (
    <div className={styles.fields}>
      {accounts.length > 1 && (
        <Field label="Account" className={styles.whole ?? ""}>
          <Select
            value={filters.account ?? ""}
            options={[{ value: "", label: "All accounts" }, ...accounts.map(({ id, name }) => ({ value: id, label: name }))]}
            onValueChange={(account) => onChange({ account: account || undefined })}
          />
        </Field>
      )}
      <Field label="Symbol">
        <TextFilter key={filters.symbol[0]} value={filters.symbol[0] ?? ""} onValue={(symbol) => onChange({ symbol: symbol ? [symbol] : [] })} />
      </Field>
      <Field label="Tag">
        <TextFilter key={filters.tag[0]} value={filters.tag[0] ?? ""} suggestions={tags} onValue={(tag) => onChange({ tag: tag ? [tag] : [] })} />
      </Field>
      <Field label="Side">
        <Select
          value={filters.side ?? ""}
          options={[ANY, ...SIDES.map((side) => ({ value: side, label: side === "long" ? "Long" : "Short" }))]}
          onValueChange={(side: Side | "") => onChange({ side: side || undefined })}
        />
      </Field>
      <Field label="Outcome">
        <Select
          value={filters.outcome[0] ?? ""}
          options={[ANY, ...OUTCOMES.map((outcome) => ({ value: outcome, label: OUTCOME_NAMES[outcome] }))]}
          onValueChange={(outcome: Outcome | "") => onChange({ outcome: outcome ? [outcome] : [] })}
        />
      </Field>
      {playbooks.length > 0 && (
        <Field label="Playbook" className={styles.whole ?? ""}>
          <Select
            value={filters.playbook ?? ""}
            options={[ANY, ...playbooks.map(({ id, name }) => ({ value: id, label: name }))]}
            onValueChange={(playbook) => onChange({ playbook: playbook || undefined })}
          />
        </Field>
      )}
      <Field label="From">
        <Input type="date" value={filters.from ?? ""} max={filters.to} onChange={(event) => onChange({ from: event.target.value || undefined })} />
      </Field>
      <Field label="To">
        <Input type="date" value={filters.to ?? ""} min={filters.from} onChange={(event) => onChange({ to: event.target.value || undefined })} />
      </Field>
      <Button className={styles.whole} variant="quiet" onClick={() => onChange(cleared)}>
        Clear all filters
      </Button>
    </div>
  );
}

interface TextFilterProps {
  value: string;
  suggestions?: readonly string[];
  onValue: (value: string) => void;
}

function TextFilter({ value, suggestions = [], onValue }: TextFilterProps) {
  const [typed, setTyped] = useState(value);
  const enter = () => typed.trim() !== value && onValue(typed.trim());
  return (
    <>
      <Input
        value={typed}
        maxLength={100}
        list={suggestions.length > 0 ? "known-tags" : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={enter}
        onKeyDown={(event) => event.key === "Enter" && enter()}
      />
      {suggestions.length > 0 && (
        <datalist id="known-tags">
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  );
}
