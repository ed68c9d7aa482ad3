import { Popover as Radix } from "radix-ui";
import { cx } from "./cx";
import type { PopoverProps } from "./Popover";
import styles from "./Popover.module.css";

/** Radix's popover, which `Popover.tsx` fetches when it is wanted. */
export default function PopoverRoot({ trigger, label, children, align = "start", className, ...state }: PopoverProps) {
  return (
    <Radix.Root {...(state.open === undefined ? { ...state, defaultOpen: true } : state)}>
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
