import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { register, signIn } from "~/api/auth";
import { toProblem } from "~/api/problem";
import { NewPassword } from "~/credentials/NewPassword";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { textOf } from "~/ui/textOf";
import { MailSent } from "./MailSent";
import { WelcomeForm } from "./WelcomeForm";

export function RegisterPage() {
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const registration = useMutation({
    mutationFn: async (password: string) => {
      await register({ email: email.trim(), password, display_name: name.trim() || null });
      // Where a confirmed address is asked for first, the mail leads on.
      return signIn({ email: email.trim(), password }).catch(() => null);
    },
    onSuccess: (user) => user && navigate({ to: "/" }),
  });

  if (registration.isSuccess && registration.data === null) return <MailSent email={email} kind="verify" />;

  const { fieldErrors } = toProblem(registration.error);
  return (
    <WelcomeForm
      title="Create an account"
      description="Your journal is yours alone: export everything or delete it at any time."
      onSubmit={(values) => registration.mutate(textOf(values, "password"))}
      foot={
        <>
          Have an account? <Link to="/sign-in">Sign in</Link>
        </>
      }
    >
      {registration.error && Object.keys(fieldErrors).length === 0 && <ProblemNotice error={registration.error} />}
      <Field label="Name" aside="optional" error={fieldErrors["display_name"]}>
        <Input name="name" autoComplete="name" autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="E-mail" error={fieldErrors["email"]}>
        <Input
          name="email"
          type="email"
          required
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <NewPassword known={{ email, name }} error={fieldErrors["password"]} />
      <Button type="submit" variant="primary" busy={registration.isPending}>
        Create account
      </Button>
    </WelcomeForm>
  );
}
