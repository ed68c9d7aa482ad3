import type { ReactElement, ReactNode } from "react";
import { Popover as Radix } from "radix-ui";
import { cx } from "./cx";
import styles from "./Popover.module.css";

interface PopoverProps {
  trigger: ReactElement;
  /** What it is, for screen readers. */
  label?: string;
  children: ReactNode;
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
}

/** More about something, or a small form, beside what opens it. */
export function Popover({ trigger, label, children, align = "start", className, ...state }: PopoverProps) {
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={cx(styles.popover, className)}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
