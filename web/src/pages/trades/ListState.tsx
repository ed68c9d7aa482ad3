import { formatCount } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import styles from "./ListState.module.css";
import type { useTradeList } from "./useTradeList.ts";

/** How much of the list is there, and what is the matter with the rest. */
export function ListState({ list }: { list: ReturnType<typeof useTradeList> }) {
  const { rows, hasNextPage, isFetchNextPageError, isFetchingNextPage, fetchNextPage, changed, showChanged } = list;
  return (
    <div className={styles.state} role="status">
      <span>
        {formatCount(rows.length, "trade")}
        {hasNextPage && " read, more follow as you scroll"}
      </span>
      {isFetchingNextPage && <span>Reading on</span>}
      {isFetchNextPageError && !isFetchingNextPage && (
        <Button size="sm" onClick={() => void fetchNextPage()}>
          The next trades could not be read. Try again
        </Button>
      )}
      {changed && (
        <Button size="sm" variant="primary" onClick={showChanged}>
          The list has changed. Show it from the top
        </Button>
      )}
    </div>
  );
}
