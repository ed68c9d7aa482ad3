import { Slot } from "radix-ui";
import { Suspense, useState, type ComponentType, type ReactElement } from "react";

interface MenuOnDemandProps {
  trigger: ReactElement;
  /** Lazy: opens as soon as it is there. */
  menu: ComponentType<{ trigger: ReactElement }>;
  /** Fetches the menu when the trigger is pointed at. */
  preload: () => unknown;
}

/** A menu of the shell, whose code is no part of what is loaded before the first page is shown. */
export function MenuOnDemand({ trigger, menu: Menu, preload }: MenuOnDemandProps) {
  const [isWanted, setWanted] = useState(false);
  const closed = (
    <Slot.Root aria-haspopup="menu" aria-expanded={false} onPointerEnter={() => void preload()} onClick={() => setWanted(true)}>
      {trigger}
    </Slot.Root>
  );
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Menu trigger={trigger} />
    </Suspense>
  );
}
