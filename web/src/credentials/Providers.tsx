// Buttons for the providers where people may sign in instead.

import { useQuery } from "@tanstack/react-query";
import { providersQuery, signInAddress } from "~/api/oidc";
import { buttonClass } from "~/ui/Button";
import { providerName } from "./elsewhere";
import styles from "./Providers.module.css";

interface ProvidersProps {
  returnTo: string;
  /** Those that sign in who is asked for; absent: all. */
  only?: readonly string[];
}

/** Where one may sign in instead; nothing where that is not set up. */
export function Providers({ returnTo, only }: ProvidersProps) {
  const { data = [] } = useQuery(providersQuery);
  const providers = only === undefined ? data : data.filter((name) => only.includes(name));
  if (providers.length === 0) return null;
  return (
    <ul className={styles.providers} role="list" aria-label="Sign in elsewhere">
      {providers.map((provider) => (
        <li key={provider}>
          <a href={signInAddress(provider, returnTo)} className={buttonClass()}>
            Continue with {providerName(provider)}
          </a>
        </li>
      ))}
    </ul>
  );
}
