import type { ReactElement, ReactNode } from "react";
import { Dialog as Radix } from "radix-ui";
import { X } from "lucide-react";
import { cx } from "./cx";
import { IconButton } from "./IconButton";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  description?: ReactNode;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: "sm" | "md" | "lg";
  /** The buttons at its foot. */
  actions?: ReactNode;
  /** It has to be answered: neither Esc nor a click beside it closes it. */
  modal?: boolean;
  children?: ReactNode;
}

export function Dialog(props: DialogProps) {
  const { title, description, trigger, size = "sm", actions, modal = false, children, ...state } = props;
  const stay = (event: Event) => {
    if (modal) event.preventDefault();
  };
  const stayForToasts = (event: CustomEvent<{ originalEvent: Event }>) => {
    const { target } = event.detail.originalEvent;
    if (modal || (target instanceof Element && target.closest("[data-toasts]"))) event.preventDefault();
  };
  return (
    <Radix.Root {...state}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay}>
          <Radix.Content
            className={cx(styles.dialog, styles[size])}
            {...(description === undefined ? { "aria-describedby": undefined } : {})}
            onEscapeKeyDown={stay}
            onInteractOutside={stayForToasts}
          >
            <header className={styles.head}>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description asChild>
                  <div className={styles.description}>{description}</div>
                </Radix.Description>
              )}
            </header>
            {children !== undefined && <div className={styles.body}>{children}</div>}
            {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
            {/* Last, so that the focus goes to what the dialog is for. */}
            {!modal && (
              <span className={styles.close}>
                <Radix.Close asChild>
                  <IconButton label="Close" size="sm" hinted={false}>
                    <X />
                  </IconButton>
                </Radix.Close>
              </span>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Around a button that closes the dialog. */
export const DialogClose = Radix.Close;
