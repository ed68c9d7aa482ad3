import { Slot } from "radix-ui";
import { lazy, Suspense, useState, type ReactElement, type ReactNode } from "react";

export interface PopoverProps {
  trigger: ReactElement;
  /** What it is, for screen readers. */
  label?: string;
  children: ReactNode;
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
}

const load = () => import("./PopoverRoot");
const PopoverRoot = lazy(load);

/** More about something, or a small form, beside what opens it. Its code is fetched when the trigger is pointed at. */
export function Popover(props: PopoverProps) {
  const { trigger, open, onOpenChange } = props;
  const [isWanted, setWanted] = useState(false);
  const closed = (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onClick={() => {
        setWanted(true);
        onOpenChange?.(true);
      }}
    >
      {trigger}
    </Slot.Root>
  );
  if (!isWanted && open !== true) return closed;
  return (
    <Suspense fallback={closed}>
      <PopoverRoot {...props} />
    </Suspense>
  );
}
