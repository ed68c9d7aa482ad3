import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mailResetLink } from "~/api/auth";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { textOf } from "~/ui/textOf";
import { MailSent } from "./MailSent";
import { WelcomeForm } from "./WelcomeForm";

export function ForgotPasswordPage() {
  const mail = useMutation({ mutationFn: mailResetLink });
  if (mail.isSuccess) return <MailSent email={mail.variables} kind="reset" />;
  return (
    <WelcomeForm
      title="Set a new password"
      description="We mail you a link, with which you choose another one."
      onSubmit={(values) => mail.mutate(textOf(values, "email").trim())}
      foot={<Link to="/sign-in">Back to sign-in</Link>}
    >
      <ProblemNotice error={mail.error} />
      <Field label="E-mail">
        <Input name="email" type="email" required autoFocus autoComplete="email" />
      </Field>
      <Button type="submit" variant="primary" busy={mail.isPending}>
        Send the link
      </Button>
    </WelcomeForm>
  );
}
