import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./cx";
import { dismissToast, useToasts, type Toast } from "./toasts";
import styles from "./Toaster.module.css";

/**
 * Shows the toasts. Not Radix's: one of those takes the Esc that was meant for the dialog below it. A dialog leaves a live region
 * readable, and does not take a click on it for one beside the dialog (`Dialog.tsx`).
 */
export function Toaster() {
  const toasts = useToasts();
  const [isHeld, setHeld] = useState(false);
  return (
    <div
      className={styles.viewport}
      role="status"
      aria-live="polite"
      data-toasts
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </div>
  );
}

function ToastItem({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  const { id, text, tone, action } = toast;
  const shownFor = action || tone === "loss" ? 10_000 : 6000;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(dismissToast, shownFor, id);
    return () => clearTimeout(timer);
  }, [id, isHeld, shownFor]);
  return (
    <div className={cx(styles.toast, tone === "loss" && styles.loss)}>
      <p className={styles.text}>{text}</p>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={() => dismissToast(id)}>
        <X aria-hidden />
      </button>
    </div>
  );
}
