import type { Coverage } from "@trading-journal/sdk";
import { formatCount, formatNumber } from "~/format";
import type { Unit } from "~/search";
import { Notice } from "~/ui/Notice";

/** Says which trades have no figure in the unit, so that nobody takes the rest for all. */
export function UnmeasuredNotice({ coverage, unit }: { coverage: Coverage; unit: Unit }) {
  const { selected, measured } = coverage;
  if (measured === selected || unit === "money") return null;
  const what = unit === "r" ? "a risk, and so no R" : "an entered value, and so no percentage";
  const remedy = unit === "r" ? " Set a planned stop or the risk on a trade." : "";
  const left = formatCount(selected - measured, "trade");
  return (
    <Notice>
      {measured === 0
        ? `None of these ${left} has ${what}.`
        : `${left} of ${formatNumber(selected)} without ${what}, are left out.`}
      {remedy}
    </Notice>
  );
}
