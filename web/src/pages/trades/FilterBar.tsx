import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FilterChips } from "~/filters/FilterChips.tsx";
import { chipsOf, type Named } from "~/filters/chips.ts";
import { FiltersPopover } from "~/filters/FiltersPopover.tsx";
import { countFilters, type FilterChange, type Filters } from "~/search/index.ts";
import { Input } from "~/ui/Input";
import { SegmentedControl } from "~/ui/SegmentedControl";
import styles from "./FilterBar.module.css";
import { FilterForm } from "./FilterForm.tsx";

export interface FilterBarProps {
  filters: Filters;
  onChange: (change: FilterChange, options?: { replace: boolean }) => void;
  accounts: readonly Named[];
  tags: readonly string[];
  mistakes: readonly string[];
  playbooks: readonly Named[];
}

/** Search and filters; each filter that is set can be taken away by itself. */
export function FilterBar({ filters, onChange, accounts, tags, mistakes, playbooks }: FilterBarProps) {
  const chips = chipsOf(filters, accounts, playbooks);
  const count = countFilters({ ...filters, q: "" }) + (filters.from ?? filters.to ? 1 : 0) + (filters.account ? 1 : 0);
  return (
    <div className={styles.bar}>
      <SearchField text={filters.q ?? ""} onSearch={(q) => onChange({ q: q || undefined }, { replace: true })} />
      <SegmentedControl
        label="Status"
        value={filters.status ?? "all"}
        options={[
          { value: "all", label: "All" },
          { value: "open", label: "Open" },
          { value: "closed", label: "Closed" },
        ]}
        onValueChange={(status) => onChange({ status: status === "all" ? undefined : status })}
      />
      <FiltersPopover count={count}>
        <FilterForm filters={filters} onChange={onChange} accounts={accounts} tags={tags} mistakes={mistakes} playbooks={playbooks} />
      </FiltersPopover>
      <FilterChips chips={chips} onChange={onChange} />
    </div>
  );
}

/** Searches once the typing pauses. */
function SearchField({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  // The URL changed by itself: by a link, a saved view or a step back.
  if (known !== text) {
    setKnown(text);
    if (text !== typed.trim()) setTyped(text);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), 300);
  };
  return (
    <div className={styles.search}>
      <Search aria-hidden />
      <Input
        type="search"
        data-search
        aria-label="Search symbols, notes and tags"
        placeholder="Symbol, note or tag"
        maxLength={200}
        value={typed}
        onChange={(event) => later(event.target.value)}
      />
    </div>
  );
}
