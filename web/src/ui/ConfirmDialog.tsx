import type { ReactElement, ReactNode } from "react";
import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { Button } from "./Button";
import { Dialog, DialogClose } from "./Dialog";
import { Field } from "./Field";
import { Form } from "./Form";
import { Input } from "./Input";
import { ProblemNotice } from "./Notice";
import { PasswordInput } from "./PasswordInput";
import { isTooSlow, SlowNotice } from "./SlowNotice";

interface ConfirmDialogProps {
  trigger: ReactElement;
  title: string;
  description: ReactNode;
  /** What the button says that does it. */
  action: string;
  danger?: boolean;
  /** Has to be typed first, such as the name of what is deleted. */
  typed?: string;
  /** The user's password is asked for. */
  password?: boolean;
  onConfirm: (password: string) => Promise<unknown>;
  children?: ReactNode;
}

/** Asks before something that is not taken back easily, and stays open with the reason when it is refused. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, title, description, action, danger = false, typed, password = false, onConfirm, children } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [secret, setSecret] = useState("");
  const run = useMutation({ mutationFn: () => onConfirm(secret), onSuccess: () => change(false) });

  function change(next: boolean): void {
    setOpen(next);
    if (next) return;
    setText("");
    setSecret("");
    run.reset();
  }

  const isReady = (typed === undefined || text === typed) && (!password || secret !== "");
  return (
    <Dialog trigger={trigger} title={title} description={description} open={open} onOpenChange={change}>
      <Form
        onSubmit={() => isReady && run.mutate()}
        actions={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant={danger ? "danger" : "primary"} busy={run.isPending} disabled={!isReady}>
              {isTooSlow(run.error) ? "Try again" : action}
            </Button>
          </>
        }
      >
        {children}
        {typed !== undefined && (
          <Field
            label={
              <>
                Type <strong>{typed}</strong> to confirm
              </>
            }
          >
            <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} />
          </Field>
        )}
        {password && (
          <Field label="Your password">
            <PasswordInput autoComplete="current-password" value={secret} onChange={(event) => setSecret(event.target.value)} />
          </Field>
        )}
        {isTooSlow(run.error) ? <SlowNotice /> : <ProblemNotice error={run.error} />}
      </Form>
    </Dialog>
  );
}
