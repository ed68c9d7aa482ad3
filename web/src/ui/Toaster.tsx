import { Toast } from "radix-ui";
import { X } from "lucide-react";
import { cx } from "./cx";
import { dismissToast, useToasts } from "./toasts";
import styles from "./Toaster.module.css";

/** Shows the toasts; F8 moves the focus to them. */
export function Toaster() {
  const toasts = useToasts();
  return (
    <Toast.Provider duration={6000} swipeDirection="down">
      {toasts.map(({ id, text, tone, action }) => (
        <Toast.Root
          key={id}
          className={cx(styles.toast, tone === "loss" && styles.loss)}
          duration={action || tone === "loss" ? 10_000 : 6000}
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Toast.Description className={styles.text}>{text}</Toast.Description>
          {action && (
            <Toast.Action className={styles.action} altText={action.label} onClick={action.run}>
              {action.label}
            </Toast.Action>
          )}
          <Toast.Close className={styles.close} aria-label="Dismiss">
            <X aria-hidden />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.viewport} />
    </Toast.Provider>
  );
}
