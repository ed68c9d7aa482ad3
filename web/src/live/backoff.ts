const FIRST = 500;
const LONGEST = 30_000;

/**
 * Milliseconds to wait before the attempt, which is 0 for the first. `random` (0 to 1) spreads clients that lost their server at the same
 * time over half of the wait.
 */
export function backoff(attempt: number, random: number = Math.random()): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** attempt);
  return longest * (0.5 + random / 2);
}
