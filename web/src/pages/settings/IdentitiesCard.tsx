// Accounts elsewhere that sign the user in: how they are connected, and disconnected.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2, Plus } from "lucide-react";
import { identitiesQuery, leaveToConnect, providersQuery, unlinkIdentity } from "~/api/oidc";
import { providerName } from "~/credentials/elsewhere";
import { formatAgo } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { List, ListItem } from "~/ui/List";
import { ProblemNotice } from "~/ui/Notice";
import { connectedAddress } from "./ConnectedNotice";
import styles from "./IdentitiesCard.module.css";
import { useRecentSignIn } from "./useRecentSignIn";

/** Nothing where no provider is set up, for whoever has no such account from before. */
export function IdentitiesCard() {
  const { data: identities = [] } = useQuery(identitiesQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  const queryClient = useQueryClient();
  const [withRecentSignIn, dialog] = useRecentSignIn();
  const others = providers.filter((name) => identities.every(({ provider }) => provider !== name));
  if (identities.length === 0 && providers.length === 0) return null;
  return (
    <Card title="Connected accounts" description="An account elsewhere signs you in here, without a password or a code of ours.">
      <div className={styles.content}>
        {identities.length > 0 && (
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
        )}
        {others.length > 0 && (
          <ul className={styles.others} role="list" aria-label="Accounts that can be connected">
            {others.map((provider) => (
              <li key={provider}>
                <Connect provider={provider} withRecentSignIn={withRecentSignIn} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {dialog}
    </Card>
  );
}

interface ConnectProps {
  provider: string;
  withRecentSignIn: (run: () => Promise<void>) => Promise<void>;
}

/** The browser leaves for the provider, and comes back to this page. */
function Connect({ provider, withRecentSignIn }: ConnectProps) {
  const connect = useMutation({
    mutationFn: () => withRecentSignIn(() => leaveToConnect(provider, connectedAddress(provider))),
  });
  return (
    <>
      <Button icon={<Plus />} busy={connect.isPending} onClick={() => connect.mutate()}>
        Connect {providerName(provider)}
      </Button>
      <ProblemNotice error={connect.error} />
    </>
  );
}
