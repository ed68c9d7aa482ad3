import { Download } from "lucide-react";
import { line } from "~/csv/csv";
import { download } from "~/csv/download";
import { Button } from "~/ui/Button";

interface CsvButtonProps {
  /** Without its ending. */
  name: string;
  columns: readonly string[];
  /** Exact texts of the API, not what is rounded for the eye. */
  rows: () => readonly (readonly (string | null)[])[];
}

/** The figures of a table as a file. */
export function CsvButton({ name, columns, rows }: CsvButtonProps) {
  const save = () => {
    const lines = [columns, ...rows()].map(line);
    download(new Blob(lines, { type: "text/csv;charset=utf-8" }), `${name}.csv`);
  };
  return (
    <Button size="sm" variant="quiet" icon={<Download aria-hidden />} onClick={save} aria-label={`Download ${name} as CSV`}>
      CSV
    </Button>
  );
}
