import styles from "./Kbd.module.css";

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys to press, such as `mod+k` or `g t` (one after the other). */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(" ").flatMap((chord) => chord.split("+")).map((key, place) => (
        <kbd key={place} className={styles.key}>
          {name(key)}
        </kbd>
      ))}
    </span>
  );
}

function name(key: string): string {
  if (key === "mod") return isApple ? "⌘" : "Ctrl";
  if (key === "shift") return isApple ? "⇧" : "Shift";
  return key.length === 1 ? key.toUpperCase() : key;
}
