import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Account, Format } from "@trading-journal/sdk";
import { X } from "lucide-react";
import { useState } from "react";
import { previewImport, startImport, type Reading, type ImportNow } from "~/api/imports";
import { Button } from "~/ui/Button";
import { ErrorState } from "~/ui/ErrorState";
import { Field } from "~/ui/Field";
import { IconButton } from "~/ui/IconButton";
import { Notice, ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";
import { SkeletonRows } from "~/ui/Skeleton";
import { PreviewOf } from "./PreviewOf";
import { Progress } from "./Progress";
import { formatBytes } from "./suitable";
import { ZoneField } from "./ZoneField";
import styles from "./imports.module.css";

const RECOGNISED = "";

interface DraftCardProps {
  file: File;
  accounts: readonly Account[];
  formats: readonly Format[];
  onStarted: (begun: ImportNow) => void;
  onRemove: () => void;
}

/** A file before it is imported: how it is read, and what it would bring. */
export function DraftCard({ file, accounts, formats, onStarted, onRemove }: DraftCardProps) {
  const queryClient = useQueryClient();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? "");
  const [format, setFormat] = useState(RECOGNISED);
  const [timeZone, setTimeZone] = useState<string>();
  // The file's name and size do not tell two drafts apart; the card does.
  const [draft] = useState(() => crypto.randomUUID());

  const [sent, setSent] = useState<Sent | null>(null);
  // What arrives at once is not worth a bar.
  const showSent = (bytes: number, total: number) => setSent(bytes < total ? { bytes, total } : null);

  const reading: Reading = { file, accountId, format: format || undefined, timeZone };
  const preview = useQuery({
    queryKey: ["import-preview", draft, accountId, format, timeZone],
    queryFn: ({ signal }) => previewImport(reading, showSent, signal).finally(() => setSent(null)),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (previous) => previous,
    // A file's content is not kept on this device.
    meta: { secret: true },
  });
  const start = useMutation({
    // One key for one way of reading: pressed twice, it is imported once.
    mutationFn: () => startImport(reading, showSent, `${draft}-${accountId}-${format}-${timeZone ?? ""}`),
    onSettled: () => setSent(null),
    onSuccess: (begun) => {
      onStarted(begun);
      return queryClient.invalidateQueries({ queryKey: ["imports"], exact: true });
    },
  });

  const told = preview.data;
  const found = formats.find(({ id }) => id === (format || told?.format));
  const recognised = told?.format == null ? "Recognise it" : `${nameOf(formats, told.format)} (recognised)`;
  const readable = told !== undefined && told.failure == null && !preview.isPlaceholderData;
  return (
    <section className={styles.draft} aria-label={file.name}>
      <header className={styles.draftHead}>
        <div>
          <h3 className={styles.fileName}>{file.name}</h3>
          <p className={styles.faint}>{formatBytes(file.size)}</p>
        </div>
        <IconButton label={`Leave ${file.name} out`} size="sm" onClick={onRemove}>
          <X />
        </IconButton>
      </header>
      <div className={styles.choices}>
        <Field label="Into the account">
          <Select
            value={accountId}
            onValueChange={setAccountId}
            options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field label="Format">
          <Select
            value={format}
            onValueChange={setFormat}
            options={[
              { value: RECOGNISED, label: recognised },
              ...formats.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        {(found?.asks_time_zone ?? false) && (
          <ZoneField value={timeZone} assumed={found?.assumed_time_zone ?? "UTC"} onChange={setTimeZone} />
        )}
      </div>
      {sent && <Sending name={file.name} sent={sent} />}
      {preview.isPending && <SkeletonRows rows={2} />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {told?.failure != null && (
        <Notice tone="loss" title="This file cannot be imported as it is">
          {told.failure}
        </Notice>
      )}
      {told !== undefined && told.failure == null && <PreviewOf preview={told} />}
      <ProblemNotice error={start.error} />
      <div className={styles.verdict}>
        <p className={styles.outcome} role="status">
          {preview.isFetching ? "Looking at the file…" : (told?.summary ?? "")}
        </p>
        <Button variant="primary" busy={start.isPending} disabled={!readable} onClick={() => start.mutate()}>
          Import
        </Button>
      </div>
    </section>
  );
}

interface Sent {
  readonly bytes: number;
  readonly total: number;
}

/** How much of a file is sent, while the connection takes its time. */
function Sending({ name, sent: { bytes, total } }: { name: string; sent: Sent }) {
  return (
    <div className={styles.sending}>
      <Progress label={`Sending ${name}`} value={Math.floor((100 * bytes) / total)} />
      <p className={styles.faint} aria-hidden>
        {formatBytes(bytes)} of {formatBytes(total)} sent
      </p>
    </div>
  );
}

function nameOf(formats: readonly Format[], id: string): string {
  return formats.find((format) => format.id === id)?.name ?? id;
}
