import { verifyEmail } from "~/api/auth";
import { MailedLinkPage, OpenJournal } from "./MailedLinkPage";

export function VerifyEmailPage() {
  return (
    <MailedLinkPage
      title="Confirm your address"
      description="It shows that mails of the journal reach you."
      button="Confirm"
      atOnce
      run={verifyEmail}
      done={{ title: "Your address is confirmed", description: "Mails of the journal go there.", link: <OpenJournal /> }}
      invalid="This link was used before or is older than 24 hours. Sign in, and have another one sent from your profile."
    />
  );
}
