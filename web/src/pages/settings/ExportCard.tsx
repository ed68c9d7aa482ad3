import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, FileArchive, LoaderCircle } from "lucide-react";
import type { Export } from "@trading-journal/sdk";
import { api, call, idempotencyKey } from "~/api/client";
import { beginExport, exportFile, exportsQuery } from "~/api/exports";
import { formatAgo, formatInstant, formatNumber, localZone } from "~/format/index.ts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { List, ListItem } from "~/ui/List";
import { ProblemNotice } from "~/ui/Notice";
import { QueryState } from "~/ui/QueryState";
import { toastProblem } from "~/ui/toasts";
import { Nothing } from "./Nothing";
import styles from "./ExportCard.module.css";

export function ExportCard() {
  const queryClient = useQueryClient();
  const exports = useQuery(exportsQuery);
  const begin = useMutation({
    mutationFn: () => beginExport(idempotencyKey()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  const isRunning = exports.data?.some((item) => item.status === "running") ?? false;
  return (
    <Card
      title="Export everything"
      description="Your trades, notes, imported files and settings in one ZIP file, which can be imported again. Kept for seven days."
      actions={
        <Button size="sm" icon={<FileArchive />} busy={begin.isPending} disabled={isRunning} onClick={() => begin.mutate()}>
          Make an export
        </Button>
      }
    >
      <ProblemNotice error={begin.error} />
      <div aria-live="polite">
        <QueryState query={exports}>
          {(items) => (
            <List label="Exports" empty={<Nothing>None yet.</Nothing>}>
              {items.map((item) => (
                <ExportItem key={item.id} item={item} />
              ))}
            </List>
          )}
        </QueryState>
      </div>
    </Card>
  );
}

function ExportItem({ item }: { item: Export }) {
  if (item.status === "running") {
    return (
      <ListItem
        icon={<LoaderCircle className={styles.turning} />}
        title="Being made"
        description={`Begun ${formatAgo(item.created_at)}. You can leave this page; the inbox tells when it is done.`}
      />
    );
  }
  if (item.status === "failed") {
    return (
      <ListItem
        icon={<FileArchive />}
        title="Failed"
        badge={<Badge tone="loss">Failed</Badge>}
        description={`Begun ${formatAgo(item.created_at)}. Make another one.`}
      />
    );
  }
  return (
    <ListItem
      icon={<FileArchive />}
      title={`Export of ${formatInstant(item.created_at, localZone())}`}
      description={`${item.bytes == null ? "" : `${formatBytes(item.bytes)} · `}kept until ${formatInstant(item.expires_at, localZone())}`}
      actions={
        <Button size="sm" icon={<Download />} onClick={() => void download(item.id)}>
          Download
        </Button>
      }
    />
  );
}

/** By the browser itself, to the disk as it comes; before, the session is renewed if it has to be. */
async function download(id: string): Promise<void> {
  try {
    await call(api.GET("/v1/me"));
    const link = document.createElement("a");
    link.href = exportFile(id);
    link.download = "";
    link.click();
  } catch (error) {
    toastProblem(error);
  }
}

function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${formatNumber(value, { digits: 1 })} ${unit}`;
}
