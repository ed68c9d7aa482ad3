// The button that opens a form of filters, with how many of them are set.

import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Popover } from "~/ui/Popover";
import styles from "./FilterForm.module.css";

export function FiltersPopover({ count, children }: { count: number; children: ReactNode }) {
  return (
    <Popover
      label="Filters"
      trigger={
        <Button icon={<SlidersHorizontal aria-hidden />}>
          Filters
          {count > 0 && <Badge tone="accent">{count}</Badge>}
        </Button>
      }
      className={styles.form ?? ""}
    >
      {children}
    </Popover>
  );
}
