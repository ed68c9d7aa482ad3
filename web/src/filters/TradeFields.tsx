// The filters that lists of trades and statistics have in common.

import { OUTCOMES, RATINGS, SIDES, type FilterChange, type Filters } from "~/search";
import { Field } from "~/ui/Field";
import { Select } from "~/ui/Select";
import { OUTCOMES as OUTCOME_NAMES, type Named } from "./chips";
import styles from "./FilterForm.module.css";
import { TextFilter } from "./TextFilter";

export interface TradeFieldsProps {
  filters: Filters;
  onChange: (change: FilterChange) => void;
  /** What there is to be chosen from. */
  symbols?: readonly string[];
  tags: readonly string[];
  mistakes: readonly string[];
  playbooks: readonly Named[];
}

export const ANY = { value: "", label: "Any" } as const;
const NONE: readonly string[] = [];

/** The first of several, which a URL may have; a choice takes the place of all of them. */
const one = <T extends string>(value: T | ""): readonly T[] => (value === "" ? [] : [value]);

export function TradeFields({ filters, onChange, symbols = NONE, tags, mistakes, playbooks }: TradeFieldsProps) {
  const { symbol, tag, mistake, side, outcome, rating, playbook } = filters;
  return (
    <>
      <Field label="Symbol">
        <TextFilter key={symbol[0]} value={symbol[0] ?? ""} suggestions={symbols} onValue={(value) => onChange({ symbol: one(value) })} />
      </Field>
      <Field label="Tag">
        <TextFilter key={tag[0]} value={tag[0] ?? ""} suggestions={tags} onValue={(value) => onChange({ tag: one(value) })} />
      </Field>
      <Field label="Side">
        <Select
          value={side ?? ""}
          options={[ANY, ...SIDES.map((value) => ({ value, label: value === "long" ? "Long" : "Short" }))]}
          onValueChange={(value) => onChange({ side: value || undefined })}
        />
      </Field>
      <Field label="Outcome">
        <Select
          value={outcome[0] ?? ""}
          options={[ANY, ...OUTCOMES.map((value) => ({ value, label: OUTCOME_NAMES[value] }))]}
          onValueChange={(value) => onChange({ outcome: one(value) })}
        />
      </Field>
      <Field label="Mistake">
        <TextFilter key={mistake[0]} value={mistake[0] ?? ""} suggestions={mistakes} onValue={(value) => onChange({ mistake: one(value) })} />
      </Field>
      <Field label="Execution rating">
        <Select
          value={rating[0] ?? ""}
          options={[ANY, ...RATINGS.map((value) => ({ value, label: `${value} of 5` }))]}
          onValueChange={(value) => onChange({ rating: one(value) })}
        />
      </Field>
      {(playbooks.length > 0 || playbook !== undefined) && (
        <Field label="Playbook" className={styles.whole ?? ""}>
          <Select
            value={playbook ?? ""}
            options={[
              ANY,
              ...playbooks.map(({ id, name }) => ({ value: id, label: name })),
              ...(playbook === undefined || playbooks.some(({ id }) => id === playbook) ? [] : [{ value: playbook, label: "Unknown playbook" }]),
            ]}
            onValueChange={(value) => onChange({ playbook: value || undefined })}
          />
        </Field>
      )}
    </>
  );
}
