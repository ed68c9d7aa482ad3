import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Import } from "@trading-journal/sdk";
import { ArrowLeft, Undo2 } from "lucide-react";
import { accountsQuery } from "~/api/accounts";
import { formatsQuery, importQuery, isUnderWay } from "~/api/imports";
import { formatInstant } from "~/format";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { Dialog, DialogClose } from "~/ui/Dialog";
import { ErrorState } from "~/ui/ErrorState";
import { Notice } from "~/ui/Notice";
import { Page } from "~/ui/Page";
import { SkeletonRows } from "~/ui/Skeleton";
import { Progress } from "./Progress";
import { Remarks } from "./Remarks";
import { Counts, Reconciliation } from "./Statement";
import { formatBytes } from "./suitable";
import { useUndo } from "./useUndo";
import { STATUS, zoneInWords } from "./words";
import styles from "./imports.module.css";

/** One import as a statement: what came in, what it brought, and the file's figures beside ours. */
export function ImportPage() {
  const { id } = useParams({ from: "/app/import/$id" });
  const query = useQuery(importQuery(id));
  const one = query.data;
  return (
    <Page
      title={one?.file_name ?? "Import"}
      before={
        <Link to="/imports" className={styles.back}>
          <ArrowLeft size={14} aria-hidden /> Imports
        </Link>
      }
      description={one && <Badge tone={STATUS[one.status].tone}>{STATUS[one.status].label}</Badge>}
      actions={one?.status === "completed" && <Undo one={one} />}
    >
      {query.isPending && (
        <Card>
          <SkeletonRows rows={8} height={22} />
        </Card>
      )}
      {query.isError && !one && (
        <Card>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Card>
      )}
      {one && <StatementOf one={one} />}
    </Page>
  );
}

function StatementOf({ one }: { one: Import }) {
  return (
    <div className={styles.stack}>
      {isUnderWay(one) && <Progress label={`Importing ${one.file_name}`} value={one.progress} />}
      {one.failure != null && (
        <Notice tone="loss" title="Nothing of this file was stored">
          {one.failure}
        </Notice>
      )}
      {one.same_file_known && (
        <Notice title="This very file had been imported into this account before">
          What was known stayed as it was.
        </Notice>
      )}
      <Card title="What it brought">
        <Counts told={one} />
      </Card>
      <Card title="Reconciliation" description="The file's own figures beside the journal's, to the last digit." flush={one.reconciliation.lines.length > 0}>
        <Reconciliation told={one} />
      </Card>
      {one.diagnostics_total > 0 && (
        <Card title="Remarks" description="By the lines of the file." flush>
          <Remarks remarks={one.diagnostics} total={one.diagnostics_total} />
        </Card>
      )}
      <Facts one={one} />
    </div>
  );
}

function Facts({ one }: { one: Import }) {
  const accounts = useQuery(accountsQuery);
  const formats = useQuery(formatsQuery);
  const account = accounts.data?.find(({ id }) => id === one.account_id);
  const format = formats.data?.find(({ id }) => id === one.format);
  const zone = account?.time_zone ?? "UTC";
  return (
    <Card title="About the file">
      <dl className={styles.facts}>
        <dt>Account</dt>
        <dd>{account?.name ?? "—"}</dd>
        <dt>Format</dt>
        <dd>{format?.name ?? one.format ?? "not recognised"}</dd>
        <dt>Times</dt>
        <dd>{one.zones.length === 0 ? "—" : one.zones.map(zoneInWords).join("; ")}</dd>
        <dt>Size</dt>
        <dd>{formatBytes(one.file_bytes)}</dd>
        <dt>Begun</dt>
        <dd>{formatInstant(one.created_at, zone, { seconds: true })}</dd>
        <dt>Finished</dt>
        <dd>{formatInstant(one.finished_at, zone, { seconds: true })}</dd>
      </dl>
    </Card>
  );
}

function Undo({ one }: { one: Import }) {
  const undo = useUndo();
  return (
    <Dialog
      title="Undo this import?"
      description="Its fills go, and the trades made of them. Fills that another file has too stay, and notes come back with the trades when the file is imported again."
      trigger={
        <Button icon={<Undo2 />} busy={undo.isPending}>
          Undo
        </Button>
      }
      actions={
        <>
          <DialogClose asChild>
            <Button variant="quiet">Keep it</Button>
          </DialogClose>
          <DialogClose asChild>
            <Button variant="danger" onClick={() => undo.mutate(one.id)}>
              Undo the import
            </Button>
          </DialogClose>
        </>
      }
    />
  );
}
