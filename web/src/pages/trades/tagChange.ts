// Adding and removing tags, and the change that takes it back.

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Capitals make no difference to what a tag is. */
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const holds = (tags: readonly string[], tag: string) => tags.some((other) => same(other, tag));

export function applyTags(tags: readonly string[], { add, remove }: TagChange): readonly string[] {
  const kept = tags.filter((tag) => !holds(remove, tag));
  return [...kept, ...add.filter((tag) => !holds(kept, tag))];
}

/** What makes `before` of `after` again, whatever else is changed about them meanwhile. */
export function inverse(before: readonly string[], after: readonly string[]): TagChange {
  return {
    add: before.filter((tag) => !holds(after, tag)),
    remove: after.filter((tag) => !holds(before, tag)),
  };
}
