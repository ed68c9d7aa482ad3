// The choice of days: those that people ask for at the left, any at the right.

import { isDay, today } from "~/format";
import { PRESETS, type Preset, type Range } from "~/search";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import styles from "./DateRangePanel.module.css";

interface DateRangePanelProps {
  from: string | undefined;
  to: string | undefined;
  /** On whose clock days begin. */
  zone: string;
  chosen: Preset | undefined;
  onChoose: (range: Range) => void;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

export function DateRangePanel({ from, to, zone, chosen, onChoose, onChange }: DateRangePanelProps) {
  return (
    <div className={styles.panel}>
      <div className={styles.presets} role="group" aria-label="Ranges">
        {PRESETS.map((preset) => (
          <button
            key={preset.id}
            type="button"
            className={cx(styles.preset, preset === chosen && styles.chosen)}
            aria-pressed={preset === chosen}
            onClick={() => onChoose(preset.range(today(zone)))}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <div className={styles.days}>
        <DayField label="First day" value={from} onChange={(day) => onChange({ from: day, to })} />
        <DayField label="Last day" value={to} onChange={(day) => onChange({ from, to: day })} />
        <p className={styles.zone}>By the time a trade closed, on the clock of {zone.replaceAll("_", " ")}.</p>
      </div>
    </div>
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <Field label={label}>
      <Input
        // Another range from outside replaces what is half typed.
        key={value ?? ""}
        type="date"
        defaultValue={value ?? ""}
        onBlur={({ target }) => {
          const day = isDay(target.value) ? target.value : undefined;
          if (day !== value) onChange(day);
        }}
      />
    </Field>
  );
}
