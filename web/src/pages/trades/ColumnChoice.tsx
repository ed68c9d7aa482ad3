import { Columns3 } from "lucide-react";
import { Button } from "~/ui/Button";
import { Checkbox } from "~/ui/Checkbox";
import { Popover } from "~/ui/Popover";
import { COLUMNS, type ColumnId, type Shown } from "./columns.ts";
import styles from "./ColumnChoice.module.css";

interface ColumnChoiceProps {
  shown: Shown;
  onToggle: (column: ColumnId) => void;
  onReset: () => void;
}

export function ColumnChoice({ shown, onToggle, onReset }: ColumnChoiceProps) {
  return (
    <Popover align="end" trigger={<Button icon={<Columns3 aria-hidden />}>Columns</Button>}>
      <fieldset className={styles.choice}>
        <legend className={styles.title}>Columns on this device</legend>
        {COLUMNS.filter((column) => !column.fixed).map(({ id, label }) => (
          <Checkbox key={id} label={label} checked={shown.includes(id)} onCheckedChange={() => onToggle(id)} />
        ))}
      </fieldset>
      <Button size="sm" variant="quiet" onClick={onReset}>
        Show the usual ones
      </Button>
    </Popover>
  );
}
