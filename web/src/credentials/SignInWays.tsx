// Every way to sign in: by password or passkey here, or by an account elsewhere.

import type { ReactNode } from "react";
import { Providers } from "./Providers";
import { SignInForm } from "./SignInForm";
import styles from "./SignInForm.module.css";

interface SignInWaysProps {
  /** Who signs in again; anybody when absent. */
  email?: string;
  /** Beside the label of the password. */
  aside?: ReactNode;
  /** The path to come back to from elsewhere. */
  returnTo: string;
  /** The providers to offer; all when absent. */
  only?: readonly string[];
}

export function SignInWays({ returnTo, only, ...form }: SignInWaysProps) {
  return (
    <div className={styles.ways}>
      <SignInForm {...form} />
      <Providers returnTo={returnTo} {...(only === undefined ? {} : { only })} />
    </div>
  );
}
