import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { signIn } from "~/api/auth";
import { isReason } from "~/api/problem";
import { CodeStep } from "./CodeStep";
import { PasswordStep } from "./PasswordStep";

interface SignInFormProps {
  /** Who signs in again; anybody when absent. */
  email?: string;
  /** Beside the label of the password. */
  aside?: ReactNode;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Address and password or a passkey, and then the code of whoever has an authenticator app. */
export function SignInForm({ email, aside }: SignInFormProps) {
  const [shown, setShown] = useState<Credentials | null>(null);
  const attempt = useMutation({
    mutationFn: signIn,
    onError: (error, { email, password }) => {
      if (isReason(error, "totp-required")) setShown({ email, password });
    },
  });
  const error = isReason(attempt.error, "totp-required") ? null : attempt.error;

  if (shown) {
    return (
      <CodeStep
        busy={attempt.isPending}
        error={error}
        onCode={(totp) => attempt.mutate({ ...shown, totp })}
        onBack={() => {
          attempt.reset();
          setShown(null);
        }}
      />
    );
  }
  return (
    <PasswordStep
      {...(email === undefined ? {} : { knownEmail: email })}
      aside={aside}
      busy={attempt.isPending}
      error={error}
      onSubmit={(credentials) => attempt.mutate(credentials)}
    />
  );
}
