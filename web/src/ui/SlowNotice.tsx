// Says that the server took too long, and offers to try again.

import { isReason } from "../api/problem";
import { Notice } from "./Notice";

/** What was asked for took longer than an answer may. */
export function isTooSlow(error: unknown): boolean {
  return isReason(error, "timeout");
}

/** In place of the API's words for that, where it may be sent again. */
export function SlowNotice() {
  return (
    <Notice tone="warn" title="This takes longer than usual">
      The journal is busy, most likely with an import. Nothing is lost: try again in a moment.
    </Notice>
  );
}
