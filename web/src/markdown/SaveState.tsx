import { Check, CloudOff, LoaderCircle, PencilLine, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "~/ui/Button";
import type { Autosave } from "./autosave.ts";
import styles from "./SaveState.module.css";

interface SaveStateProps {
  state: Autosave;
  onRetry: () => void;
}

/** Where the text is: the writer should never have to wonder. */
export function SaveState({ state, onRetry }: SaveStateProps) {
  const { phase } = state;
  const [icon, words] = describe(phase);
  const urgent = phase.name === "failed" || phase.name === "conflict";
  return (
    <div className={styles.state} data-urgent={urgent || undefined} role={urgent ? "alert" : "status"} aria-live={urgent ? "assertive" : "off"}>
      {icon}
      <span>{words}</span>
      {phase.name === "failed" && (
        <Button size="sm" variant="quiet" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function describe(phase: Autosave["phase"]): [ReactNode, string] {
  switch (phase.name) {
    case "saved":
      return [<Check key="icon" aria-hidden />, "Saved"];
    case "typing":
      return [<PencilLine key="icon" aria-hidden />, "Not saved yet"];
    case "saving":
      return [<LoaderCircle key="icon" aria-hidden className={styles.turning} />, "Saving"];
    case "queued":
      return [<CloudOff key="icon" aria-hidden />, "No connection: kept on this device, sent when it is back"];
    case "conflict":
      return [<TriangleAlert key="icon" aria-hidden />, "Changed elsewhere"];
    case "failed":
      return [<TriangleAlert key="icon" aria-hidden />, `Not saved, kept on this device. ${phase.reason}`];
  }
}
