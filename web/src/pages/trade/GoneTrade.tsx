import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { buttonClass } from "~/ui/Button";
import { EmptyState } from "~/ui/EmptyState";

/** A trade is made of fills: without its first one it is another trade, or none. */
export function GoneTrade() {
  return (
    <EmptyState
      icon={<Compass />}
      title="There is no such trade any more"
      action={
        <Link to="/trades" className={buttonClass("primary")}>
          See all trades
        </Link>
      }
    >
      Its first fill was taken back or corrected, or it was merged or split. Its notes are kept and come back with it.
    </EmptyState>
  );
}
