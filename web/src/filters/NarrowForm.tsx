// Every filter of statistics by its name. Each counts at once; what is typed counts when it is entered.

import { useQuery } from "@tanstack/react-query";
import { breakdownQuery } from "~/api/analytics";
import { HOURS, OF_STATISTICS, WEEKDAYS, without, type FilterChange, type Filters } from "~/search";
import { useKnownTags } from "~/tags/useKnownTags";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Select } from "~/ui/Select";
import { BandField } from "./BandField";
import { dayName, hourRange, type Named } from "./chips";
import styles from "./FilterForm.module.css";
import { ANY, TradeFields } from "./TradeFields";

interface NarrowFormProps {
  filters: Filters;
  onChange: (change: FilterChange) => void;
  playbooks: readonly Named[];
}

/** The groups of all closed trades. */
function useKnown(by: "symbol" | "mistake"): readonly string[] {
  const { data } = useQuery(breakdownQuery({}, by));
  return data?.rows.map(({ key }) => key).filter((key) => key !== "none") ?? [];
}

export function NarrowForm({ filters, onChange, playbooks }: NarrowFormProps) {
  const tags = useKnownTags();
  const [symbols, mistakes] = [useKnown("symbol"), useKnown("mistake")];
  const { weekday, hour, min_size, max_size, min_price, max_price } = filters;
  return (
    <div className={styles.fields}>
      <TradeFields filters={filters} onChange={onChange} symbols={symbols} tags={tags} mistakes={mistakes} playbooks={playbooks} />
      <Field label="Closed on">
        <Select
          value={weekday[0] ?? ""}
          options={[ANY, ...WEEKDAYS.map((value) => ({ value, label: dayName(value) }))]}
          onValueChange={(value) => onChange({ weekday: value === "" ? [] : [value] })}
        />
      </Field>
      <Field label="Closed at">
        <Select
          value={hour[0] ?? ""}
          options={[ANY, ...HOURS.map((value) => ({ value, label: hourRange(value) }))]}
          onValueChange={(value) => onChange({ hour: value === "" ? [] : [value] })}
        />
      </Field>
      <BandField
        key={`size ${min_size} ${max_size}`}
        label="Size"
        bounds={{ min: min_size, max: max_size }}
        onBounds={({ min, max }) => onChange({ min_size: min, max_size: max })}
      />
      <BandField
        key={`price ${min_price} ${max_price}`}
        label="Entry price"
        bounds={{ min: min_price, max: max_price }}
        onBounds={({ min, max }) => onChange({ min_price: min, max_price: max })}
      />
      <Button className={styles.whole} variant="quiet" onClick={() => onChange(without(OF_STATISTICS))}>
        Clear all filters
      </Button>
    </div>
  );
}
