// Buttons for the providers where people may sign in instead.

import { useQuery } from "@tanstack/react-query";
import { providersQuery, signInAddress } from "~/api/oidc";
import { providerName } from "~/credentials/elsewhere";
import { buttonClass } from "~/ui/Button";
import styles from "./Providers.module.css";

/** Where one may sign in instead; nothing where that is not set up. */
export function Providers({ returnTo }: { returnTo: string }) {
  const { data: providers = [] } = useQuery(providersQuery);
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
