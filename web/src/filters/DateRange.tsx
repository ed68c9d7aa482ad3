// A range of days: one of those that people ask for, or any.

import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { formatDay, isDay, today as todayIn } from "~/format";
import { presetOf, PRESETS, type Range } from "~/search";
import { Button } from "~/ui/Button";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Popover } from "~/ui/Popover";
import styles from "./DateRange.module.css";

interface DateRangeProps {
  from: string | undefined;
  to: string | undefined;
  /** On whose clock days begin. */
  zone: string;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

export function DateRange({ from, to, zone, onChange }: DateRangeProps) {
  const [open, setOpen] = useState(false);
  const today = todayIn(zone);
  const range: Range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const chosen = presetOf(range, today);

  function choose(next: Range) {
    onChange({ from: next.from, to: next.to });
    setOpen(false);
  }

  const trigger = (
    <Button icon={<CalendarRange aria-hidden />} aria-label={`Days: ${chosen?.label ?? labelOf(range)}`}>
      {chosen?.label ?? labelOf(range)}
    </Button>
  );
  return (
    <Popover trigger={trigger} label="Days" open={open} onOpenChange={setOpen}>
      <div className={styles.panel}>
        <div className={styles.presets} role="group" aria-label="Ranges">
          {PRESETS.map((preset) => (
            <button
              key={preset.id}
              type="button"
              className={cx(styles.preset, preset === chosen && styles.chosen)}
              aria-pressed={preset === chosen}
              onClick={() => choose(preset.range(today))}
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
    </Popover>
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

function labelOf({ from, to }: Range): string {
  if (from !== undefined && to !== undefined) return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
  if (from !== undefined) return `Since ${formatDay(from)}`;
  return to === undefined ? "All time" : `Until ${formatDay(to)}`;
}
