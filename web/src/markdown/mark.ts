/** Puts `marker` around what is selected, or takes it off where it is there already. */
export function mark(text: string, start: number, end: number, marker: string): { text: string; start: number; end: number } {
  const [before, chosen, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const width = marker.length;
  if (before.endsWith(marker) && after.startsWith(marker)) {
    return { text: before.slice(0, -width) + chosen + after.slice(width), start: start - width, end: end - width };
  }
  return { text: before + marker + chosen + marker + after, start: start + width, end: end + width };
}
