import { useLayoutEffect, useRef, type ReactNode } from "react";
import { Tabs as Radix } from "radix-ui";
import { cx } from "./cx";
import styles from "./Tabs.module.css";

interface TabsProps<T extends string> {
  label: string;
  value: T;
  tabs: readonly { value: T; label: ReactNode }[];
  onValueChange: (value: T) => void;
  /** `TabPanel`s. */
  children: ReactNode;
}

export function Tabs<T extends string>({ label, value, tabs, onValueChange, children }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone there is not room for all: the one that is open is among those that are seen.
  useLayoutEffect(() => {
    const open = list.current?.querySelector<HTMLElement>("[data-state='active']");
    if (!list.current || !open) return;
    list.current.scrollLeft = open.offsetLeft - (list.current.clientWidth - open.offsetWidth) / 2;
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as T)}>
      <Radix.List ref={list} className={cx(styles.list, "fades-sideways")} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={styles.panel}>
      {children}
    </Radix.Content>
  );
}
