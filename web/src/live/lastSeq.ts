// The last message that was seen, kept beside the answers that are: with them it is what to resume from at the next start.

const KEY = "journal.seq";

export function lastSeq(userId: string): number | null {
  const [owner, seq] = (localStorage.getItem(KEY) ?? "").split(" ");
  return owner === userId && seq !== undefined && /^\d+$/.test(seq) ? Number(seq) : null;
}

export function forgetSeq(): void {
  localStorage.removeItem(KEY);
}

export function keepSeq(userId: string, seq: number): void {
  if (seq > (lastSeq(userId) ?? 0)) localStorage.setItem(KEY, `${userId} ${seq}`);
}
