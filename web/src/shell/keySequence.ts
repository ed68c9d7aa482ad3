// Keys that are pressed one after the other, such as `g t`. Pure.

export interface KeyState {
  /** What was pressed so far, and when. */
  readonly keys: readonly string[];
  readonly at: number;
}

export const NO_KEYS: KeyState = { keys: [], at: 0 };

/** The second key comes within this time, or is a first one. */
const PATIENCE = 1200;

/** What a key leads to: a shortcut (named by its keys, such as `g t`), and the state for the next one. */
export function press(state: KeyState, key: string, at: number, known: readonly string[]): { state: KeyState; hit: string | null } {
  const before = at - state.at <= PATIENCE ? state.keys : [];
  for (const keys of [[...before, key], [key]]) {
    const name = keys.join(" ");
    if (known.includes(name)) return { state: NO_KEYS, hit: name };
    if (known.some((shortcut) => shortcut.startsWith(`${name} `))) return { state: { keys, at }, hit: null };
  }
  return { state: NO_KEYS, hit: null };
}
