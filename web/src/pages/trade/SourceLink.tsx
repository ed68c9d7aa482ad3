import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { importNameQuery } from "~/api/importNames.ts";
import styles from "./Sourced.module.css";
import { formatLines } from "./sources.ts";

/** `line 214 of july.csv`, leading to the import. */
export function SourceLink({ importId, lines }: { importId: string; lines: readonly number[] }) {
  const { data: name } = useQuery(importNameQuery(importId));
  return (
    <Link to="/import/$id" params={{ id: importId }} className={styles.source}>
      {formatLines(lines)} of <bdi title={name}>{name ?? "an import"}</bdi>
    </Link>
  );
}
