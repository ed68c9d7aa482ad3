import { useState } from "react";
import { Button } from "~/ui/Button";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { textOf } from "~/ui/textOf";
import { SignInProblem } from "./SignInProblem";
import styles from "./SignInForm.module.css";

interface CodeStepProps {
  busy: boolean;
  error: unknown;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** The second step: six digits of the app, or a recovery code where the app is lost. */
export function CodeStep({ busy, error, onCode, onBack }: CodeStepProps) {
  const [recovering, setRecovering] = useState(false);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onCode(textOf(new FormData(event.currentTarget), "code").trim());
      }}
    >
      <SignInProblem error={error} byCode />
      {recovering ? (
        <Field key="recovery" label="Recovery code" help="One of the ten that you kept. Each is good once.">
          <Input name="code" required autoFocus autoComplete="off" autoCapitalize="off" spellCheck={false} />
        </Field>
      ) : (
        <Field key="app" label="Code of your authenticator app" help="Six digits, a new code every 30 seconds.">
          <Input
            name="code"
            required
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{6}"
            title="Six digits"
            maxLength={6}
            className={cx(styles.code)}
            // The last digit is as good as a press of the button.
            onChange={(event) => event.target.validity.valid && event.target.form?.requestSubmit()}
          />
        </Field>
      )}
      <Button type="submit" variant="primary" busy={busy}>
        Continue
      </Button>
      <div className={styles.links}>
        <button type="button" className={styles.link} onClick={() => setRecovering(!recovering)}>
          {recovering ? "Use the app" : "Use a recovery code"}
        </button>
        <button type="button" className={styles.link} onClick={onBack}>
          Back
        </button>
      </div>
    </form>
  );
}
