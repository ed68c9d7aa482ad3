import { CopyButton } from "~/ui/CopyButton";
import styles from "./RecoveryCodes.module.css";

export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <ol className={styles.codes} role="list">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div>
        <CopyButton text={codes.join("\n")} label="Copy all" />
      </div>
    </>
  );
}
