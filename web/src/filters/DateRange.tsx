// A range of days: one of those that people ask for, or any.

import { CalendarRange } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { formatDay, today as todayIn } from "~/format";
import { presetOf, type Range } from "~/search";
import { Button } from "~/ui/Button";
import { Popover } from "~/ui/Popover";
import { SkeletonRows } from "~/ui/Skeleton";

const DateRangePanel = lazy(async () => ({ default: (await import("./DateRangePanel")).DateRangePanel }));

interface DateRangeProps {
  from: string | undefined;
  to: string | undefined;
  /** On whose clock days begin. */
  zone: string;
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

export function DateRange({ from, to, zone, onChange }: DateRangeProps) {
  const [open, setOpen] = useState(false);
  const today = todayIn(zone);
  const range: Range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const chosen = presetOf(range, today);

  function choose(next: Range) {
    onChange({ from: next.from, to: next.to });
    setOpen(false);
  }

  const trigger = (
    <Button icon={<CalendarRange aria-hidden />} aria-label={`Days: ${chosen?.label ?? labelOf(range)}`}>
      {chosen?.label ?? labelOf(range)}
    </Button>
  );
  return (
    <Popover trigger={trigger} label="Days" open={open} onOpenChange={setOpen}>
      <Suspense fallback={<SkeletonRows rows={8} />}>
        <DateRangePanel from={from} to={to} zone={zone} chosen={chosen} onChoose={choose} onChange={onChange} />
      </Suspense>
    </Popover>
  );
}

function labelOf({ from, to }: Range): string {
  if (from !== undefined && to !== undefined) return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
  if (from !== undefined) return `Since ${formatDay(from)}`;
  return to === undefined ? "All time" : `Until ${formatDay(to)}`;
}
