import { useQuery, useQueryClient } from "@tanstack/react-query";
import { dayQuery, journalKeys, writeDay } from "~/api/journal";
import { isReason } from "~/api/problem";
import { formatDay, type Day } from "~/format";
import type { Saved } from "~/markdown/keeper";
import { NoteEditor } from "~/markdown/NoteEditor";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { Skeleton } from "~/ui/Skeleton";
import { Templates } from "./Templates";

/** What is written about a day. It saves by itself. */
export function DayNote({ day }: { day: Day }) {
  const queryClient = useQueryClient();
  const query = useQuery(dayQuery(day));
  const known = query.data;

  async function save(text: string): Promise<Saved> {
    // The tag of what this page has seen last, which its own saves move on.
    const etag = queryClient.getQueryData(dayQuery(day).queryKey)?.etag ?? null;
    try {
      const { data, etag: next } = await writeDay(day, text, etag);
      queryClient.setQueryData(dayQuery(day).queryKey, { day: data, etag: next });
      void queryClient.invalidateQueries({ queryKey: journalKeys.days });
      return { kind: "accepted", text: data.notes };
    } catch (error) {
      if (!isReason(error, "precondition-failed")) throw error;
      const now = await queryClient.query({ ...dayQuery(day), staleTime: 0 });
      return { kind: "refused", theirs: now.day.notes };
    }
  }

  return (
    <Card title="Note" actions={known && <Templates day={day} notes={known.day.notes} />}>
      {query.isError && !known ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !known ? (
        <Skeleton height={240} />
      ) : (
        <NoteEditor
          key={day}
          name={`day/${day}`}
          label={`Note of ${formatDay(day)}`}
          text={known.day.notes}
          save={save}
          placeholder="What did you plan, what did you see, what did you learn?"
        />
      )}
    </Card>
  );
}
