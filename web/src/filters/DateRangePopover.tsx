// The choice of days: those that people ask for at the left, any at the right.

import { useState, type ReactElement } from "react";
import { isDay, today } from "~/format";
import { PRESETS, type Preset, type Range } from "~/search";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Popover } from "~/ui/Popover";
import styles from "./DateRangePopover.module.css";

interface DateRangePopoverProps {
  trigger: ReactElement;
  from: string | undefined;
  to: string | undefined;
  /** On whose clock days begin. */
  zone: string;
  chosen: Preset | undefined;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** Open from the beginning: it is made by the click that asks for it. */
export function DateRangePopover({ trigger, from, to, zone, chosen, onChange }: DateRangePopoverProps) {
  const [open, setOpen] = useState(true);

  function choose(range: Range) {
    onChange({ from: range.from, to: range.to });
    setOpen(false);
  }

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
              onClick={() => choose(preset.range(today(zone)))}
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

/** No broker's file goes back further. */
const FIRST = "1970-01-01";

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <Field label={label}>
      <Input
        type="date"
        defaultValue={value ?? ""}
        onChange={({ target }) => {
          // Of a year that is being typed there are 0002, 0020 and 0202 first.
          if (target.value === "" || (isDay(target.value) && target.value >= FIRST)) onChange(target.value || undefined);
        }}
      />
    </Field>
  );
}
