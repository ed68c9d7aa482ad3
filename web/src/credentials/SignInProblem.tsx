import { useMutation } from "@tanstack/react-query";
import { mailVerifyLink } from "~/api/auth";
import { isReason, toProblem } from "~/api/problem";
import { Button } from "~/ui/Button";
import { Notice, ProblemNotice } from "~/ui/Notice";

interface SignInProblemProps {
  error: unknown;
  email?: string;
  byCode?: boolean;
}

/** Why nobody was signed in, and what to do about it. */
export function SignInProblem({ error, email = "", byCode = false }: SignInProblemProps) {
  if (isReason(error, "invalid-credentials")) {
    return (
      <Notice tone="loss">
        {byCode ? "This code is wrong or was used before. Wait for the next one." : "The address or the password is wrong."}
      </Notice>
    );
  }
  if (isReason(error, "too-many-attempts", "rate-limited")) {
    const minutes = Math.ceil((toProblem(error).retryAfter ?? 60) / 60);
    return (
      <Notice tone="loss">
        Too many attempts. Try again in {minutes === 1 ? "a minute" : `${minutes} minutes`}, or use a passkey.
      </Notice>
    );
  }
  if (isReason(error, "account-disabled")) {
    return <Notice tone="loss">This account is disabled. Ask whoever runs this journal.</Notice>;
  }
  if (isReason(error, "email-not-verified")) return <NotVerified email={email} />;
  return <ProblemNotice error={error} />;
}

function NotVerified({ email }: { email: string }) {
  const mail = useMutation({ mutationFn: () => mailVerifyLink(email) });
  return (
    <Notice tone="warn" title="Confirm your address first">
      <p>Follow the link in the mail that we sent you.</p>
      {mail.isSuccess ? (
        <p>Another mail is on its way.</p>
      ) : (
        <Button size="sm" busy={mail.isPending} onClick={() => mail.mutate()}>
          Send another mail
        </Button>
      )}
      <ProblemNotice error={mail.error} />
    </Notice>
  );
}
