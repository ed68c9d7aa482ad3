// Errors as the API tells them (RFC 9457), and those of the way to it, in one class.

import type { Problem } from "@trading-journal/sdk";

const PREFIX = "urn:journal:problem:";

export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly problem: Problem,
    /** Seconds after which the same may work, where the API says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail ?? problem.title);
  }

  /** What is behind the prefix of `type`, such as `not-found`. */
  get reason(): string {
    return this.problem.type.startsWith(PREFIX) ? this.problem.type.slice(PREFIX.length) : this.problem.type;
  }

  get status(): number {
    return this.problem.status;
  }

  /** What is wrong with each field, by its name. */
  get fieldErrors(): Readonly<Record<string, string>> {
    return Object.fromEntries((this.problem.errors ?? []).map((error) => [error.field, error.reason]));
  }
}

/** Nothing was answered: no network, or the server is away. */
export function unreachable(): ProblemError {
  return new ProblemError({
    type: `${PREFIX}unreachable`,
    title: "No connection",
    status: 0,
    detail: "The journal could not be reached. Check your connection.",
  });
}

export function isReason(error: unknown, ...reasons: string[]): error is ProblemError {
  return error instanceof ProblemError && reasons.includes(error.reason);
}

/** Any error as a problem, so that a page has one thing to show. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError({
    type: "about:blank",
    title: "Something went wrong",
    status: 0,
    detail: error instanceof Error ? error.message : null,
  });
}
