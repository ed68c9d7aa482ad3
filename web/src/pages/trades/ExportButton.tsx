import { Download, X } from "lucide-react";
import { useRef, useState } from "react";
import { formatCount } from "~/format/index.ts";
import type { TradesQuery } from "~/search/index.ts";
import { Button } from "~/ui/Button";
import { toast, toastProblem } from "~/ui/toasts";
import { download } from "~/csv/download.ts";
import { exportCsv } from "./exportCsv.ts";

/** All trades of the filter as CSV; while it reads, it says how many it has and can be cancelled. */
export function ExportButton({ query }: { query: TradesQuery }) {
  const [trades, setTrades] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);

  async function begin() {
    const cancel = new AbortController();
    running.current = cancel;
    setTrades(0);
    let read = 0;
    try {
      const file = await exportCsv(query, (count) => setTrades((read = count)), cancel.signal);
      download(file, `trades-${new Date().toISOString().slice(0, 10)}.csv`);
      toast(`${formatCount(read, "trade")} exported`);
    } catch (error) {
      if (!cancel.signal.aborted) toastProblem(error);
    } finally {
      setTrades(null);
    }
  }

  if (trades === null) {
    return (
      <Button icon={<Download aria-hidden />} onClick={() => void begin()}>
        Export
      </Button>
    );
  }
  return (
    <Button icon={<X aria-hidden />} onClick={() => running.current?.abort()}>
      <span role="status">{formatCount(trades, "trade")} read</span>
      <span className="visually-hidden">Cancel the export</span>
    </Button>
  );
}
