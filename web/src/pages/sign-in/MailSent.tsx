import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mailResetLink, mailVerifyLink } from "~/api/auth";
import { Button } from "~/ui/Button";
import { ProblemNotice } from "~/ui/Notice";
import { WelcomeForm } from "./WelcomeForm";

interface MailSentProps {
  email: string;
  kind: "verify" | "reset";
}

/** A mail is on its way, whether the address is known or not. */
export function MailSent({ email, kind }: MailSentProps) {
  const again = useMutation({ mutationFn: () => (kind === "verify" ? mailVerifyLink(email) : mailResetLink(email)) });
  return (
    <WelcomeForm
      title="Look at your mail"
      description={
        kind === "verify" ? (
          <>
            We sent a link to <strong>{email}</strong>. Follow it within 24 hours to confirm that the address is yours.
          </>
        ) : (
          <>
            If <strong>{email}</strong> is known here, a link is on its way. It is good for one hour.
          </>
        )
      }
      onSubmit={() => again.mutate()}
      foot={<Link to="/sign-in">Back to sign-in</Link>}
    >
      <ProblemNotice error={again.error} />
      <Button type="submit" busy={again.isPending} disabled={again.isSuccess}>
        {again.isSuccess ? "Sent again" : "Nothing came? Send it again"}
      </Button>
    </WelcomeForm>
  );
}
