import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Undo2, X } from "lucide-react";
import { useEffect } from "react";
import { importQuery, isUnderWay, type ImportNow } from "~/api/imports";
import { Badge } from "~/ui/Badge";
import { Button, buttonClass } from "~/ui/Button";
import { IconButton } from "~/ui/IconButton";
import { Notice } from "~/ui/Notice";
import { Progress } from "./Progress";
import { useUndo } from "./useUndo";
import { fillsInWords, STATUS } from "./words";
import styles from "./imports.module.css";

/** An import that was begun here: how far it is, and how it ended. */
export function BegunCard({ begun, onClose }: { begun: ImportNow; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { data: now } = useQuery({ ...importQuery(begun.id), initialData: begun });
  const undo = useUndo();
  const underWay = isUnderWay(now);
  useEffect(() => {
    // The history below, and whatever else shows trades.
    if (!underWay) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "import-preview" });
  }, [underWay, queryClient]);
  const { label, tone } = STATUS[now.status];
  return (
    <section className={styles.draft} aria-label={now.file_name}>
      <header className={styles.draftHead}>
        <h3 className={styles.fileName}>{now.file_name}</h3>
        <Badge tone={tone}>{label}</Badge>
        {!underWay && (
          <IconButton label="Close" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        )}
      </header>
      {underWay && <Progress label={`Importing ${now.file_name}`} value={now.progress} />}
      {now.failure != null && <Notice tone="loss">{now.failure}</Notice>}
      <div className={styles.verdict}>
        <p className={styles.outcome} role="status">
          {underWay ? `${now.progress} % of the file is read` : now.status === "completed" ? fillsInWords(now) : ""}
        </p>
        {now.status === "completed" && (
          <Button size="sm" icon={<Undo2 />} busy={undo.isPending} onClick={() => undo.mutate(now.id)}>
            Undo
          </Button>
        )}
        <Link className={buttonClass("secondary", "sm")} to="/import/$id" params={{ id: now.id }}>
          Statement
        </Link>
      </div>
    </section>
  );
}
