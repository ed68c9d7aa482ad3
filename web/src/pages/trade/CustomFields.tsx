import { useQuery } from "@tanstack/react-query";
import type { CustomField, CustomValue, Trade, TradeChange } from "@trading-journal/sdk";
import { Plus } from "lucide-react";
import { useState } from "react";
import { customFieldsQuery } from "~/api/labels.ts";
import { isDecimal } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Checkbox } from "~/ui/Checkbox";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { Select } from "~/ui/Select";
import { NewField } from "./NewField.tsx";
import { readDecimal } from "./plan.ts";
import styles from "./ReviewCard.module.css";

interface CustomFieldsProps {
  trade: Trade;
  onChange: (change: TradeChange) => void;
}

/** What else its owner notes about each trade. */
export function CustomFields({ trade, onChange }: CustomFieldsProps) {
  const { data: fields = [] } = useQuery(customFieldsQuery);
  const [isNew, setNew] = useState(false);
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <OneField key={field.id} field={field} value={trade.custom[field.id]} onValue={(value) => onChange({ custom: { [field.id]: value } })} />
      ))}
      <Button className={styles.add} size="sm" variant="quiet" icon={<Plus aria-hidden />} onClick={() => setNew(true)}>
        Add a field of your own
      </Button>
      {isNew && <NewField onClose={() => setNew(false)} />}
    </div>
  );
}

interface OneFieldProps {
  field: CustomField;
  value: CustomValue | undefined;
  onValue: (value: CustomValue | null) => void;
}

function OneField({ field, value, onValue }: OneFieldProps) {
  if (field.kind === "boolean") {
    return <Checkbox label={field.name} checked={value === true} onCheckedChange={(checked) => onValue(checked ? true : null)} />;
  }
  const text = typeof value === "string" ? value : "";
  if (field.kind === "choice") {
    const options = [{ value: "", label: "None" }, ...field.choices.map((choice) => ({ value: choice, label: choice }))];
    return (
      <Field label={field.name}>
        <Select value={text} options={options} onValueChange={(choice) => onValue(choice || null)} />
      </Field>
    );
  }
  return <TextField key={text} field={field} text={text} onValue={onValue} />;
}

/** Counts when it is left. */
function TextField({ field, text, onValue }: { field: CustomField; text: string; onValue: (value: string | null) => void }) {
  const [typed, setTyped] = useState(text);
  const isNumber = field.kind === "number";
  const entered = isNumber ? readDecimal(typed) : typed.trim();
  const isWrong = isNumber && entered !== "" && !isDecimal(entered);
  return (
    <Field label={field.name} error={isWrong && "Enter a number, such as 1234.5"}>
      <Input
        inputMode={isNumber ? "decimal" : "text"}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => !isWrong && entered !== text && onValue(entered || null)}
      />
    </Field>
  );
}
