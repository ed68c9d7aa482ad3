// What is shown in place of a page.

import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { buttonClass } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Page } from "../ui/Page";
import { Skeleton, SkeletonRows } from "../ui/Skeleton";

export function PagePending() {
  return (
    <Page title="Loading" before={<span className="visually-hidden">Loading</span>}>
      <Skeleton height={220} />
      <SkeletonRows rows={6} />
    </Page>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <ErrorState error={error} onRetry={reset} />
    </Page>
  );
}

export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        icon={<Compass />}
        title="There is no such page"
        action={
          <Link to="/" className={buttonClass("primary")}>
            Go to the dashboard
          </Link>
        }
      >
        The link may be old, or what it led to is gone.
      </EmptyState>
    </Page>
  );
}
