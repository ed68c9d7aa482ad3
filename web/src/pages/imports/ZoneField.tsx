import { useState } from "react";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";

const ZONES = Intl.supportedValuesOf("timeZone");

interface ZoneFieldProps {
  /** An IANA name; absent: the format's usual one. */
  value: string | undefined;
  assumed: string;
  onChange: (zone: string | undefined) => void;
}

/** The zone of times that carry none. Only names that exist are taken. */
export function ZoneField({ value, assumed, onChange }: ZoneFieldProps) {
  const [text, setText] = useState(value ?? "");
  const known = text === "" || text === "UTC" || ZONES.includes(text);
  return (
    <Field
      label="Time zone of the file"
      help="Times in this file may carry no zone. It can be read again in another one later."
      error={known ? undefined : "Choose a zone from the list, such as America/New_York"}
    >
      <Input
        list="time-zones"
        value={text}
        placeholder={assumed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const next = event.target.value.trim();
          setText(next);
          if (next === "") onChange(undefined);
          else if (next === "UTC" || ZONES.includes(next)) onChange(next);
        }}
      />
      <datalist id="time-zones">
        <option value="UTC" />
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Field>
  );
}
