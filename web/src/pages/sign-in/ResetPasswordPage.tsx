import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { resetPassword } from "~/api/auth";
import { isReason, toProblem } from "~/api/problem";
import { NewPassword } from "~/credentials/NewPassword";
import { Button, buttonClass } from "~/ui/Button";
import { Notice, ProblemNotice } from "~/ui/Notice";
import { textOf } from "~/ui/textOf";
import { CodeField } from "./CodeField";
import { useMailedToken } from "./mailedToken";
import { WelcomeForm } from "./WelcomeForm";

export function ResetPasswordPage() {
  const token = useMailedToken();
  const reset = useMutation({ mutationFn: ([token, password]: [string, string]) => resetPassword(token, password) });
  if (reset.isSuccess) {
    return (
      <WelcomeForm
        title="Your new password counts"
        description="You are signed out everywhere. Sign in with the new one."
        foot={
          <Link to="/sign-in" className={buttonClass("primary")}>
            Sign in
          </Link>
        }
      />
    );
  }
  const { fieldErrors } = toProblem(reset.error);
  return (
    <WelcomeForm
      title="Choose a new password"
      description="It signs you out everywhere."
      onSubmit={(values) => reset.mutate([token || textOf(values, "token").trim(), textOf(values, "password")])}
      foot={<Link to="/sign-in">Back to sign-in</Link>}
    >
      {isReason(reset.error, "invalid-token") ? (
        <Notice tone="loss">
          This link was used before or is older than an hour. <Link to="/forgot-password">Get another one</Link>
        </Notice>
      ) : (
        fieldErrors["password"] === undefined && <ProblemNotice error={reset.error} />
      )}
      {token === "" && <CodeField />}
      <NewPassword label="New password" known={{ email: "" }} error={fieldErrors["password"]} />
      <Button type="submit" variant="primary" busy={reset.isPending}>
        Set password
      </Button>
    </WelcomeForm>
  );
}
