import { signOut } from "../api/auth";
import { toastProblem } from "../ui/toasts";

/** Signs out; says so where that failed, since then the session goes on. */
export function leave(): void {
  signOut().catch(toastProblem);
}
