import { Link } from "@tanstack/react-router";
import { ChartLine } from "lucide-react";
import { buttonClass } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";

/** For a journal without a single trade. */
export function FirstSteps() {
  return (
    <Card>
      <EmptyState
        icon={<ChartLine />}
        title="Your journal is empty"
        action={
          <Link to="/imports" className={buttonClass("primary")}>
            Import trades
          </Link>
        }
      >
        Import a file from your broker. You see what it would bring before anything is stored, and an import can be undone.
      </EmptyState>
    </Card>
  );
}
