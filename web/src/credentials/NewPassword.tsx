import { useState } from "react";
import { Check, Circle } from "lucide-react";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/Field";
import { PasswordInput } from "~/ui/PasswordInput";
import { passwordRules } from "./passwordRules";
import styles from "./NewPassword.module.css";

interface NewPasswordProps {
  label?: string;
  name?: string;
  known: { email: string; name?: string };
  /** What the server says of it. */
  error?: string | undefined;
}

/** A field for a new password, which says what it lacks as it is typed. */
export function NewPassword({ label = "Password", name = "password", known, error }: NewPasswordProps) {
  const [password, setPassword] = useState("");
  return (
    <Field
      label={label}
      error={error}
      help={
        <ul className={styles.rules} role="list">
          {passwordRules(password, known).map((rule, place) => (
            <li key={place} className={cx(styles.rule, rule.isMet && styles.met)}>
              {rule.isMet ? <Check aria-hidden /> : <Circle aria-hidden />}
              {rule.text}
              <span className="visually-hidden">{rule.isMet ? ", done" : ", not yet"}</span>
            </li>
          ))}
        </ul>
      }
    >
      <PasswordInput
        name={name}
        autoComplete="new-password"
        required
        minLength={15}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Field>
  );
}
