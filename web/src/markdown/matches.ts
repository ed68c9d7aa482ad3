/** Which lines of `before` are still in `after`, and where: a longest common subsequence. */
export function matches(before: readonly string[], after: readonly string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    found.set(start, start);
    start += 1;
  }
  let [i, j] = [start, start];
  const width = after.length + 1;
  const common = commonLengths(before, after, start);
  const left = (row: number, column: number) => common[(row - start) * width + column] ?? 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      found.set(i, j);
      [i, j] = [i + 1, j + 1];
    } else if (left(i + 1, j) >= left(i, j + 1)) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return found;
}

/** `[(i - start) * width + j]`: how many lines `before` from `i` and `after` from `j` have in common. */
function commonLengths(before: readonly string[], after: readonly string[], start: number): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length - start + 1) * width);
  for (let i = before.length - 1; i >= start; i -= 1) {
    const row = (i - start) * width;
    for (let j = after.length - 1; j >= start; j -= 1) {
      const [below, right, across] = [lengths[row + width + j] ?? 0, lengths[row + j + 1] ?? 0, lengths[row + width + j + 1] ?? 0];
      lengths[row + j] = before[i] === after[j] ? across + 1 : Math.max(below, right);
    }
  }
  return lengths;
}
