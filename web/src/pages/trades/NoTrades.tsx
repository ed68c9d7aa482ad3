import { Link } from "@tanstack/react-router";
import { FilterX, Import } from "lucide-react";
import { Button, buttonClass } from "~/ui/Button";
import { EmptyState } from "~/ui/EmptyState";

/** Why the list is empty, and what to do next. */
export function NoTrades({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={<FilterX />} title="No trade matches these filters" action={<Button onClick={onClear}>Clear all filters</Button>}>
        Take one of them away, or look at another time.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Import />}
      title="No trades yet"
      action={
        <Link to="/imports" className={buttonClass("primary")}>
          Import a file
        </Link>
      }
    >
      Import what your broker exported: the trades are made of it, and every number leads back to its line.
    </EmptyState>
  );
}
