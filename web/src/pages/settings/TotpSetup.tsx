import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { TotpEnrolment } from "@trading-journal/sdk";
import { toProblem } from "~/api/problem";
import { confirmTotp, enrollTotp } from "~/api/security";
import { Button } from "~/ui/Button";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Dialog } from "~/ui/Dialog";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { QrCode } from "./QrCode";
import { Secret } from "./Secret";
import styles from "./TotpSetup.module.css";

/** Sets up an authenticator app: the password, the QR code, and a first code of the app. */
export function TotpSetup({ onCodes }: { onCodes: (recoveryCodes: readonly string[]) => void }) {
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  return (
    <>
      <ConfirmDialog
        trigger={<Button>Set up an app</Button>}
        title="Set up an authenticator app"
        description="You need an app that shows codes, such as the one of your password manager."
        action="Continue"
        password
        onConfirm={async (password) => setEnrolment(await enrollTotp(password))}
      />
      {enrolment && (
        <ConfirmApp
          enrolment={enrolment}
          onClose={() => setEnrolment(null)}
          onCodes={(codes) => {
            setEnrolment(null);
            onCodes(codes);
          }}
        />
      )}
    </>
  );
}

interface ConfirmAppProps {
  enrolment: TotpEnrolment;
  onClose: () => void;
  onCodes: (recoveryCodes: readonly string[]) => void;
}

function ConfirmApp({ enrolment, onClose, onCodes }: ConfirmAppProps) {
  const [code, setCode] = useState("");
  const confirm = useMutation({
    mutationFn: () => confirmTotp(code.trim()),
    onSuccess: (answer) => onCodes(answer.recovery_codes),
  });
  const isWrong = toProblem(confirm.error).fieldErrors["code"] !== undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="md"
      title="Scan this with your app"
      description="Then type the code that it shows. From then on one is asked for whenever you sign in."
    >
      <div className={styles.split}>
        <QrCode text={enrolment.otpauth_uri} label="QR code for your authenticator app" />
        <Form
          onSubmit={() => confirm.mutate()}
          actions={
            <Button type="submit" variant="primary" busy={confirm.isPending} disabled={!/^\d{6}$/.test(code.trim())}>
              Turn on
            </Button>
          }
        >
          <Secret text={enrolment.secret} label="Or type this secret" />
          <Field label="Code of the app" error={isWrong && "This code is wrong. Wait for the next one."}>
            <Input
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              autoFocus
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
          {!isWrong && <ProblemNotice error={confirm.error} />}
        </Form>
      </div>
    </Dialog>
  );
}
