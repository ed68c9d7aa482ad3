// Which trades are counted, and in what. All of it lives in the URL.

import { currencySymbol } from "~/format";
import { useSetFilters, type Unit } from "~/search";
import { SegmentedControl } from "~/ui/SegmentedControl";
import { Select } from "~/ui/Select";
import { DateRange } from "./DateRange";
import styles from "./FilterBar.module.css";
import type { Scope } from "./useScope";

interface FilterBarProps {
  scope: Scope;
  /** Of the figures that are shown; with those of other trades there is a choice. */
  currency?: string | undefined;
  otherCurrencies?: readonly string[];
}

const NO_CURRENCIES: readonly string[] = [];

export function FilterBar({ scope, currency, otherCurrencies = NO_CURRENCIES }: FilterBarProps) {
  const { filters, accounts, zone } = scope;
  const set = useSetFilters();
  const units: readonly { value: Unit; label: string; hint: string }[] = [
    { value: "money", label: currencySymbol(currency ?? filters.currency ?? "USD"), hint: "In money" },
    { value: "r", label: "R", hint: "Divided by the risk of each trade" },
    { value: "percent", label: "%", hint: "Of what was entered" },
  ];
  const known = accounts.some(({ id }) => id === filters.account);
  const choices = [
    { value: "", label: "All accounts" },
    ...accounts.map(({ id, name }) => ({ value: id, label: name })),
    ...(filters.account === undefined || known ? [] : [{ value: filters.account, label: "Unknown account" }]),
  ];
  const currencies = [...new Set([currency, ...otherCurrencies, filters.currency])].filter((each) => each !== undefined).sort();
  return (
    <div className={styles.bar} role="group" aria-label="Filters">
      <Select
        aria-label="Account"
        className={styles.account ?? ""}
        value={filters.account ?? ""}
        options={choices}
        onValueChange={(account) => set({ account: account === "" ? undefined : account })}
      />
      <DateRange from={filters.from} to={filters.to} zone={zone} onChange={set} />
      {currencies.length > 1 && (
        <Select
          aria-label="Currency"
          value={currency ?? ""}
          options={currencies.map((each) => ({ value: each, label: each }))}
          onValueChange={(chosen) => set({ currency: chosen })}
        />
      )}
      <span className={styles.switches}>
        <SegmentedControl label="Unit" value={filters.unit} options={units} onValueChange={(unit) => set({ unit })} />
        <SegmentedControl
          label="Costs"
          value={filters.net ? "net" : "gross"}
          options={[
            { value: "net", label: "Net", hint: "After commissions and fees" },
            { value: "gross", label: "Gross", hint: "Before commissions and fees" },
          ]}
          onValueChange={(costs) => set({ net: costs === "net" })}
        />
      </span>
    </div>
  );
}
