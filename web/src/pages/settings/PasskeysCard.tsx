import { browserSupportsWebAuthn } from "@simplewebauthn/browser";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { addPasskey, passkeysQuery, removePasskey } from "~/api/security";
import { formatAgo } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { toast } from "~/ui/toasts";
import { Nothing } from "./Nothing";
import { useRecentSignIn } from "./useRecentSignIn";

export function PasskeysCard() {
  const passkeys = useQuery(passkeysQuery);
  const queryClient = useQueryClient();
  const [withRecentSignIn, dialog] = useRecentSignIn();
  return (
    <Card
      title="Passkeys"
      description="Sign in by fingerprint, face or the lock of your device, without a password or a code."
      actions={browserSupportsWebAuthn() && <AddPasskey />}
    >
      <QueryState query={passkeys}>
        {(items) => (
          <List label="Passkeys" empty={<Nothing>None yet.</Nothing>}>
            {items.map((passkey) => (
              <ListItem
                key={passkey.id}
                icon={<KeyRound />}
                title={passkey.name}
                description={`Added ${formatAgo(passkey.created_at)} · ${passkey.last_used_at == null ? "never used" : `used ${formatAgo(passkey.last_used_at)}`}`}
                actions={
                  <ConfirmDialog
                    trigger={<Button size="sm">Remove</Button>}
                    title={`Remove “${passkey.name}”?`}
                    description="Nobody signs in with it any more, and your other sessions end. Remove it on your device as well."
                    action="Remove"
                    danger
                    onConfirm={async () => {
                      await withRecentSignIn(() => removePasskey(passkey.id));
                      await queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey });
                    }}
                  />
                }
              />
            ))}
          </List>
        )}
      </QueryState>
      {dialog}
    </Card>
  );
}

function AddPasskey() {
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" icon={<Plus />}>
          Add a passkey
        </Button>
      }
      title="Add a passkey"
      description="Your browser asks where to keep it: on this device, on a phone, or on a key."
      action="Continue"
      password
      onConfirm={async (password) => {
        const passkey = await addPasskey(name.trim(), password);
        setName("");
        toast(`“${passkey.name}” signs you in from now on`);
        await queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      }}
    >
      <Field label="Name" aside="optional" help="Such as the device that keeps it.">
        <Input maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
