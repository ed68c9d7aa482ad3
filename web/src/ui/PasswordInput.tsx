import { useState, type ComponentProps } from "react";
import { Eye, EyeOff } from "lucide-react";
import { IconButton } from "./IconButton";
import { Input } from "./Input";
import styles from "./PasswordInput.module.css";

/** A password, which can be looked at. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  return (
    <span className={styles.wrap}>
      <Input {...props} type={shown ? "text" : "password"} className={styles.input} autoCapitalize="off" spellCheck={false} />
      <span className={styles.eye}>
        <IconButton
          label={shown ? "Hide password" : "Show password"}
          size="sm"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      </span>
    </span>
  );
}
