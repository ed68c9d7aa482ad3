// Accounts elsewhere that sign the user in, and how they are disconnected.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { identitiesQuery, providerName, unlinkIdentity } from "~/api/oidc";
import { formatAgo } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { List, ListItem } from "~/ui/List";
import { useRecentSignIn } from "./useRecentSignIn";

/** Accounts elsewhere that sign one in; nothing for whoever has none. */
export function IdentitiesCard() {
  const { data: identities = [] } = useQuery(identitiesQuery);
  const queryClient = useQueryClient();
  const [withRecentSignIn, dialog] = useRecentSignIn();
  if (identities.length === 0) return null;
  return (
    <Card title="Connected accounts" description="Accounts elsewhere that sign you in here.">
      <List label="Connected accounts">
        {identities.map(({ id, provider, issuer, linked_at }) => {
          const name = provider == null ? issuer : providerName(provider);
          return (
            <ListItem
              key={id}
              icon={<Link2 />}
              title={<bdi>{name}</bdi>}
              badge={provider == null && <Badge tone="warn">Not set up any more</Badge>}
              description={`Connected ${formatAgo(linked_at)}`}
              actions={
                <ConfirmDialog
                  trigger={<Button size="sm">Disconnect</Button>}
                  title={`Disconnect ${name}?`}
                  description="It does not sign you in any more, and your other sessions end."
                  action="Disconnect"
                  danger
                  onConfirm={async () => {
                    await withRecentSignIn(() => unlinkIdentity(id));
                    await queryClient.invalidateQueries({ queryKey: identitiesQuery.queryKey });
                  }}
                />
              }
            />
          );
        })}
      </List>
      {dialog}
    </Card>
  );
}
