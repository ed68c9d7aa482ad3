import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { useState } from "react";
import { disableTotp, mfaQuery, newRecoveryCodes } from "~/api/security";
import { formatAgo } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Dialog } from "~/ui/Dialog";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { toast } from "~/ui/toasts";
import { RecoveryCodes } from "./RecoveryCodes";
import { TotpSetup } from "./TotpSetup";

export function TotpCard() {
  const queryClient = useQueryClient();
  const mfa = useQuery(mfaQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const reread = () => queryClient.invalidateQueries({ queryKey: mfaQuery.queryKey });

  return (
    <Card title="Authenticator app" description="A code of six digits is asked for besides the password. Passkeys ask for none.">
      <QueryState query={mfa}>
        {({ totp_enabled, totp_enabled_at, recovery_codes_left }) =>
          totp_enabled ? (
            <List label="Authenticator app">
              <ListItem
                icon={<Smartphone />}
                title="Codes are asked for"
                badge={<Badge tone="gain">On</Badge>}
                description={totp_enabled_at == null ? undefined : `Since ${formatAgo(totp_enabled_at)}`}
                actions={
                  <ConfirmDialog
                    trigger={<Button size="sm">Turn off</Button>}
                    title="Ask for no codes any more?"
                    description="The password alone signs you in then. Your recovery codes are void, and your other sessions end."
                    action="Turn off"
                    danger
                    password
                    onConfirm={async (password) => {
                      await disableTotp(password);
                      toast("No codes are asked for any more");
                      await reread();
                    }}
                  />
                }
              />
              <ListItem
                title="Recovery codes"
                badge={recovery_codes_left < 3 && <Badge tone="warn">Few left</Badge>}
                description={`${recovery_codes_left} of 10 left, for when the app is lost.`}
                actions={
                  <ConfirmDialog
                    trigger={<Button size="sm">Make new ones</Button>}
                    title="Make ten new recovery codes?"
                    description="The old ones are void then."
                    action="Make new ones"
                    password
                    onConfirm={async (password) => {
                      setCodes((await newRecoveryCodes(password)).recovery_codes);
                      await reread();
                    }}
                  />
                }
              />
            </List>
          ) : (
            <TotpSetup
              onCodes={(next) => {
                setCodes(next);
                void reread();
              }}
            />
          )
        }
      </QueryState>
      <Dialog
        open={codes !== null}
        onOpenChange={(open) => !open && setCodes(null)}
        title="Your recovery codes"
        description="Each signs you in once, in place of a code of the app. Keep them where you keep your passwords: they are not shown again."
        actions={
          <Button variant="primary" onClick={() => setCodes(null)}>
            I kept them
          </Button>
        }
      >
        <RecoveryCodes codes={codes ?? []} />
      </Dialog>
    </Card>
  );
}
