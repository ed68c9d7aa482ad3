// A filter that is typed: it counts when it is entered or left.

import { useId, useState } from "react";
import { Input } from "~/ui/Input";

interface TextFilterProps {
  value: string;
  /** What may be meant. */
  suggestions?: readonly string[];
  onValue: (value: string) => void;
}

const NONE: readonly string[] = [];

export function TextFilter({ value, suggestions = NONE, onValue }: TextFilterProps) {
  const [typed, setTyped] = useState(value);
  const known = useId();
  const enter = () => typed.trim() !== value && onValue(typed.trim());
  return (
    <>
      <Input
        value={typed}
        maxLength={100}
        list={suggestions.length > 0 ? known : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={enter}
        onKeyDown={(event) => event.key === "Enter" && enter()}
      />
      {suggestions.length > 0 && (
        <datalist id={known}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  );
}
