import { useState, type ReactNode } from "react";
import { KeyRound } from "lucide-react";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { PasswordInput } from "~/ui/PasswordInput";
import { textOf } from "~/ui/textOf";
import type { Credentials } from "./SignInForm";
import { SignInProblem } from "./SignInProblem";
import { hasPasskeys, usePasskey } from "./usePasskey";
import styles from "./SignInForm.module.css";

interface PasswordStepProps {
  knownEmail?: string;
  aside?: ReactNode;
  busy: boolean;
  error: unknown;
  onSubmit: (credentials: Credentials) => void;
}

export function PasswordStep({ knownEmail, aside, busy, error, onSubmit }: PasswordStepProps) {
  const passkey = usePasskey();
  const [email, setEmail] = useState(knownEmail ?? "");
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ email: email.trim(), password: textOf(new FormData(event.currentTarget), "password") });
      }}
    >
      <SignInProblem error={error} email={email} />
      <ProblemNotice error={passkey.error} />
      <Field label="E-mail">
        <Input
          name="email"
          type="email"
          required
          autoFocus={knownEmail === undefined}
          readOnly={knownEmail !== undefined}
          autoComplete="username webauthn"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label="Password" aside={aside}>
        <PasswordInput name="password" required autoComplete="current-password" autoFocus={knownEmail !== undefined} />
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        Sign in
      </Button>
      {hasPasskeys && (
        <>
          <p className={styles.or}>or</p>
          <Button icon={<KeyRound />} busy={passkey.isPending} onClick={() => passkey.mutate()}>
            Sign in with a passkey
          </Button>
        </>
      )}
    </form>
  );
}
