import { CloudOff } from "lucide-react";
import { useOnline } from "./online";
import styles from "./ConnectionBanner.module.css";

/** Above every page while there is no network. */
export function ConnectionBanner() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className={styles.banner}>
          <CloudOff aria-hidden />
          You are offline. You see what was loaded before; notes that you write are kept and sent later.
        </p>
      )}
    </div>
  );
}
