import { useStreamState, type StreamState } from "../live/status";
import { cx } from "../ui/cx";
import { useOnline } from "./online";
import styles from "./StreamStatus.module.css";

const words: Record<StreamState, string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  off: "Not connected",
};

/** Whether changes from elsewhere are shown at once. */
export function StreamStatus() {
  const state = useStreamState();
  const online = useOnline();
  return (
    <p className={styles.status} role="status">
      <span className={cx(styles.dot, online && state === "live" && styles.live)} aria-hidden />
      {online ? words[state] : "Offline"}
    </p>
  );
}
