// Signing in by a passkey: by a button, or by the browser's own suggestions in the field of the address (conditional UI).

import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  WebAuthnAbortService,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { beginPasskey, finishPasskey } from "~/api/auth";

/** A ceremony is good for five minutes; another one is begun before. */
const RENEW_AFTER = 4 * 60 * 1000;

export const hasPasskeys = browserSupportsWebAuthn();

export function usePasskey() {
  const byButton = useMutation({ mutationFn: () => signInByPasskey(false) });

  useEffect(() => {
    const suggest = async () => {
      if (!(await browserSupportsWebAuthnAutofill())) return;
      // Whatever comes of a suggestion that nobody asked for, nobody is told of its failure.
      await signInByPasskey(true).catch(() => undefined);
    };
    void suggest();
    const timer = setInterval(() => void suggest(), RENEW_AFTER);
    return () => {
      clearInterval(timer);
      WebAuthnAbortService.cancelCeremony();
    };
  }, []);

  return { ...byButton, error: isCancelled(byButton.error) ? null : byButton.error };
}

async function signInByPasskey(asSuggestion: boolean): Promise<void> {
  const { ceremony, options } = await beginPasskey();
  const signed = await startAuthentication({ optionsJSON: options, useBrowserAutofill: asSuggestion });
  await finishPasskey(ceremony, signed);
}

/** The user closed the browser's dialog, or it was closed for another one. */
function isCancelled(error: unknown): boolean {
  return (
    (error instanceof WebAuthnError && error.code === "ERROR_CEREMONY_ABORTED") ||
    (error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError"))
  );
}
