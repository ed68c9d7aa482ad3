import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { isReason } from "~/api/problem";
import { Button, buttonClass } from "~/ui/Button";
import { Notice, ProblemNotice } from "~/ui/Notice";
import { textOf } from "~/ui/textOf";
import { CodeField } from "./CodeField";
import { useMailedToken } from "./mailedToken";
import { WelcomeForm } from "./WelcomeForm";

interface MailedLinkPageProps {
  title: string;
  description: string;
  button: string;
  /** Done as the page opens, without a press of the button. */
  atOnce?: boolean;
  run: (token: string) => Promise<unknown>;
  done: { title: string; description: string; link: ReactNode };
  /** When the link is used or too old. */
  invalid: ReactNode;
}

/** What the link of a mail leads to: one thing, done by its token. */
export function MailedLinkPage(props: MailedLinkPageProps) {
  const { title, description, button, atOnce = false, run, done, invalid } = props;
  const token = useMailedToken();
  const queryClient = useQueryClient();
  const { mutate, ...attempt } = useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || token === "" || begun.current) return;
    begun.current = true;
    mutate(token);
  }, [atOnce, token, mutate]);

  if (attempt.isSuccess) return <WelcomeForm title={done.title} description={done.description} foot={done.link} />;
  return (
    <WelcomeForm
      title={title}
      description={description}
      onSubmit={(values) => mutate(token || textOf(values, "token").trim())}
    >
      {isReason(attempt.error, "invalid-token") ? (
        <Notice tone="loss">{invalid}</Notice>
      ) : (
        <ProblemNotice error={attempt.error} />
      )}
      {token === "" && <CodeField />}
      <Button type="submit" variant="primary" busy={attempt.isPending}>
        {button}
      </Button>
    </WelcomeForm>
  );
}

export function OpenJournal() {
  return (
    <Link to="/" className={buttonClass("primary")}>
      Open the journal
    </Link>
  );
}
