import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { ApiKey, CreatedApiKey } from "@trading-journal/sdk";
import { apiKeysQuery, revokeApiKey } from "~/api/apiKeys";
import { formatAgo, formatInstant, localZone } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Dialog } from "~/ui/Dialog";
import { EmptyState } from "~/ui/EmptyState";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { NewApiKeyForm } from "./NewApiKeyForm";
import { Secret } from "./Secret";

export function ApiKeysSection() {
  const keys = useQuery(apiKeysQuery);
  return (
    <Card
      title="API keys"
      description={
        <>
          For programs of yours. A key opens your journal, never your account. The API is described at{" "}
          <a href="/docs">/docs</a>.
        </>
      }
      actions={<NewApiKey />}
    >
      <QueryState query={keys}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState icon={<KeyRound />} title="No keys yet">
              Make one to import fills or read your trades from a program.
            </EmptyState>
          ) : (
            <List label="API keys">
              {items.map((key) => (
                <ApiKeyItem key={key.id} apiKey={key} />
              ))}
            </List>
          )
        }
      </QueryState>
    </Card>
  );
}

function ApiKeyItem({ apiKey }: { apiKey: ApiKey }) {
  const queryClient = useQueryClient();
  const zone = localZone();
  const used = apiKey.last_used_at == null ? "never used" : `used ${formatAgo(apiKey.last_used_at)}`;
  const ends = apiKey.expires_at == null ? "does not expire" : `expires ${formatInstant(apiKey.expires_at, zone)}`;
  return (
    <ListItem
      icon={<KeyRound />}
      title={apiKey.name}
      badge={<Badge tone={apiKey.scope === "write" ? "warn" : "neutral"}>{apiKey.scope === "write" ? "Read and change" : "Read"}</Badge>}
      description={`Made ${formatAgo(apiKey.created_at)} · ${used} · ${ends}`}
      actions={
        <ConfirmDialog
          trigger={<Button size="sm">Revoke</Button>}
          title={`Revoke “${apiKey.name}”?`}
          description="Programs that use it are shut out within a second. It cannot be brought back."
          action="Revoke"
          danger
          onConfirm={async () => {
            await revokeApiKey(apiKey.id);
            await queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
          }}
        />
      }
    />
  );
}

function NewApiKey() {
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) setCreated(null);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={
        <Button size="sm" icon={<Plus />}>
          New key
        </Button>
      }
      title={created ? `Your key “${created.name}”` : "New API key"}
      {...(created ? { actions: <Button variant="primary" onClick={() => change(false)}>Done</Button> } : {})}
    >
      {created ? (
        <Secret
          text={created.secret}
          label="Key"
          help="Keep it now: it is not shown again. Send it as “Authorization: Bearer …”."
        />
      ) : (
        <NewApiKeyForm onCreated={setCreated} />
      )}
    </Dialog>
  );
}
