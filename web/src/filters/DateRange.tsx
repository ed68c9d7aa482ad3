// A range of days: one of those that people ask for, or any.

import { CalendarRange } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { formatDay, today } from "~/format";
import { presetOf, type Range } from "~/search";
import { Button } from "~/ui/Button";

// The choice is loaded when it is asked for.
const DateRangePopover = lazy(async () => ({ default: (await import("./DateRangePopover")).DateRangePopover }));

interface DateRangeProps {
  from: string | undefined;
  to: string | undefined;
  /** On whose clock days begin. */
  zone: string;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

export function DateRange({ from, to, zone, onChange }: DateRangeProps) {
  const [isAsked, setAsked] = useState(false);
  const range: Range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const chosen = presetOf(range, today(zone));
  const label = chosen?.label ?? labelOf(range);
  const button = (
    <Button
      icon={<CalendarRange aria-hidden />}
      aria-label={`Days: ${label}`}
      aria-haspopup="dialog"
      onClick={() => setAsked(true)}
    >
      {label}
    </Button>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <DateRangePopover trigger={button} from={from} to={to} zone={zone} chosen={chosen} onChange={onChange} />
    </Suspense>
  );
}

function labelOf({ from, to }: Range): string {
  if (from !== undefined && to !== undefined) return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
  if (from !== undefined) return `Since ${formatDay(from)}`;
  return to === undefined ? "All time" : `Until ${formatDay(to)}`;
}
