import { api, call } from "./client";
import { isReason } from "./problem";
import { session } from "./session";
import { toastProblem } from "../ui/toasts";

/** Ends the session here and in all tabs. */
export async function signOut(): Promise<void> {
  try {
    await call(api.POST("/v1/auth/logout", { body: {} }));
  } catch (error) {
    // The session must not seem to be over while its cookies are good.
    if (!isReason(error, "unauthenticated")) {
      toastProblem(error);
      return;
    }
  }
  session.end();
}
