// Which releases were good: written down only after the smoke test, so that a release that failed is never gone back to.
//
// It is a parameter and not a tag of the stacks: those change when a deploy begins, whether it will be good or not.

import type { Context } from "./context.ts";
import { releaseParameterOf } from "./names.ts";
import { readParameter, writeParameter } from "./parameters.ts";

/** Registries keep ten images. */
const KEPT = 10;

export interface Release {
  /** Tag of the images: the commit they were built from. */
  readonly tag: string;
  /** When it was found good, RFC 3339. */
  readonly at: string;
}

/** Good releases, the newest first. */
export async function goodReleases({ aws, environment }: Context): Promise<readonly Release[]> {
  const value = await readParameter(aws, releaseParameterOf(environment));
  return value === undefined ? [] : (value as { good: Release[] }).good;
}

/** Says that a release serves well. What was newer than it and given up is forgotten. */
export async function keep(context: Context, tag: string, givenUp: readonly string[] = []): Promise<void> {
  const before = (await goodReleases(context)).filter((release) => release.tag !== tag && !givenUp.includes(release.tag));
  const good = [{ tag, at: new Date().toISOString() }, ...before].slice(0, KEPT);
  await writeParameter(context.aws, releaseParameterOf(context.environment), { good });
}
