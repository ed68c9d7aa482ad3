// What the live stream says.

export interface Message {
  /** Grows by time; 0 for what is said to this socket alone. */
  readonly seq: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Null for what is no message, which a stream of a later version may hold. */
export function parseMessage(text: unknown): Message | null {
  if (typeof text !== "string") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value["seq"] !== "number" || typeof value["type"] !== "string") return null;
  return { seq: value["seq"], type: value["type"], data: isRecord(value["data"]) ? value["data"] : {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
