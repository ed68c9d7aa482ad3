import { Link } from "@tanstack/react-router";
import { keepAccount } from "~/api/auth";
import { buttonClass } from "~/ui/Button";
import { MailedLinkPage } from "./MailedLinkPage";

export function KeepAccountPage() {
  return (
    <MailedLinkPage
      title="Keep your account"
      description="It was to be deleted, with everything in it. Nothing is gone yet."
      button="Keep my account"
      run={keepAccount}
      done={{
        title: "Your account stays",
        description: "Everything is as it was, but for API keys, which were revoked.",
        link: (
          <Link to="/sign-in" className={buttonClass("primary")}>
            Sign in
          </Link>
        ),
      }}
      invalid="This link was used before or is older than seven days."
    />
  );
}
