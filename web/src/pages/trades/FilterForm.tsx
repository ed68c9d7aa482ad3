import styles from "~/filters/FilterForm.module.css";
import { TradeFields } from "~/filters/TradeFields.tsx";
import { OF_LISTS, without } from "~/search/index.ts";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Select } from "~/ui/Select";
import type { FilterBarProps } from "./FilterBar.tsx";

/** What is searched for stands beside the form. */
const CLEARED = without(["account", "from", "to", ...OF_LISTS.filter((name) => name !== "q")]);

/** Every filter by its name. Each counts at once; text counts when it is entered. */
export function FilterForm({ filters, onChange, accounts, tags, mistakes, playbooks }: FilterBarProps) {
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
      <TradeFields filters={filters} onChange={onChange} tags={tags} mistakes={mistakes} playbooks={playbooks} />
      <Field label="From">
        <Input type="date" value={filters.from ?? ""} max={filters.to} onChange={(event) => onChange({ from: event.target.value || undefined })} />
      </Field>
      <Field label="To">
        <Input type="date" value={filters.to ?? ""} min={filters.from} onChange={(event) => onChange({ to: event.target.value || undefined })} />
      </Field>
      <Button className={styles.whole} variant="quiet" onClick={() => onChange(CLEARED)}>
        Clear all filters
      </Button>
    </div>
  );
}
