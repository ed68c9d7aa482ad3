import { useQuery } from "@tanstack/react-query";
import { Landmark } from "lucide-react";
import { useState } from "react";
import { AccountDialog } from "~/accountForm/AccountDialog";
import { accountsQuery } from "~/api/accounts";
import { formatsQuery, type ImportNow } from "~/api/imports";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorState } from "~/ui/ErrorState";
import { Notice } from "~/ui/Notice";
import { Page } from "~/ui/Page";
import { SkeletonRows } from "~/ui/Skeleton";
import { toast } from "~/ui/toasts";
import { BegunCard } from "./BegunCard";
import { DraftCard } from "./DraftCard";
import { DropZone } from "./DropZone";
import { History } from "./History";
import { Formats } from "./Formats";
import { formatBytes, MAX_FILE_BYTES, unsuitable } from "./suitable";
import styles from "./imports.module.css";

/** A file on its way: chosen, and then begun. */
interface Item {
  readonly key: string;
  readonly file: File;
  readonly begun?: ImportNow;
}

/** Files of brokers: dropped, looked at, imported, taken back. */
export function ImportsPage() {
  const accounts = useQuery(accountsQuery);
  const formats = useQuery(formatsQuery);
  const [items, setItems] = useState<readonly Item[]>([]);
  const [refused, setRefused] = useState<readonly { name: string; why: string }[]>([]);

  const take = (files: readonly File[]) => {
    const judged = files.map((file) => ({ file, why: unsuitable(file) }));
    setRefused(judged.flatMap(({ file, why }) => (why === null ? [] : [{ name: file.name, why }])));
    const good = judged.filter(({ why }) => why === null);
    setItems((before) => [...good.map(({ file }) => ({ key: crypto.randomUUID(), file })), ...before]);
  };
  const remove = (key: string) => setItems((before) => before.filter((item) => item.key !== key));
  const replace = (key: string, begun: ImportNow) => {
    setItems((before) => before.map((item) => (item.key === key ? { ...item, begun } : item)));
    toast(`${begun.file_name} is being imported`);
  };

  return (
    <Page title="Imports" description="Drop what your broker exported. Every row is accounted for, and every import can be undone.">
      {accounts.isPending && <SkeletonRows rows={6} height={28} />}
      {accounts.isError && !accounts.data && (
        <Card>
          <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />
        </Card>
      )}
      {accounts.data?.length === 0 && (
        <Card>
          <EmptyState
            icon={<Landmark />}
            title="First, an account"
            action={<AccountDialog trigger={<Button variant="primary">Create an account</Button>} />}
          >
            Fills belong to an account: it says whose clock days are counted by, and in which order lots are closed.
          </EmptyState>
        </Card>
      )}
      {accounts.data !== undefined && accounts.data.length > 0 && (
        <div className={styles.stack}>
          <DropZone title="Drop files here" onFiles={take}>
            CSV, Excel, Flex Query XML or HTML statements, up to {formatBytes(MAX_FILE_BYTES)} each. The format is recognised, and
            nothing is stored before you say so.
          </DropZone>
          {refused.map(({ name, why }) => (
            <Notice key={name} tone="warn" title={name}>
              {why}
            </Notice>
          ))}
          {items.map((item) =>
            item.begun ? (
              <BegunCard key={item.key} begun={item.begun} onClose={() => remove(item.key)} />
            ) : (
              <DraftCard
                key={item.key}
                file={item.file}
                accounts={accounts.data}
                formats={formats.data ?? []}
                onStarted={(begun) => replace(item.key, begun)}
                onRemove={() => remove(item.key)}
              />
            ),
          )}
          <History accounts={accounts.data} />
          <Formats formats={formats.data ?? []} />
        </div>
      )}
    </Page>
  );
}
