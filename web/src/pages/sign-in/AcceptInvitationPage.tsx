import { acceptInvitation } from "~/api/auth";
import { MailedLinkPage, OpenJournal } from "./MailedLinkPage";

export function AcceptInvitationPage() {
  return (
    <MailedLinkPage
      title="Read somebody's journal"
      description="Somebody invites you to read a trading journal: the trades, notes and statistics. You cannot change any."
      button="Accept the invitation"
      run={acceptInvitation}
      done={{
        title: "You may read the journal",
        description: "Choose it in the menu under your name.",
        link: <OpenJournal />,
      }}
      invalid="This invitation was accepted before, was taken back, or is older than 14 days. Ask for another one."
    />
  );
}
