import type { ReactElement, ReactNode } from "react";
import { Tooltip } from "radix-ui";
import styles from "./Hint.module.css";

interface HintProps {
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** What it is about. It must be able to have the focus. */
  children: ReactElement;
}

/** A word about something, on hover and focus. For what has to be read on a phone too, there is `Popover`. */
export function Hint({ text, side = "top", children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.hint} side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Around the app: hints that follow one another appear at once. */
export function HintProvider({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={350} skipDelayDuration={250}>
      {children}
    </Tooltip.Provider>
  );
}
