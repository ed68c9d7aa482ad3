import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { dayQuery } from "~/api/journal";
import { dayNoteSaver } from "~/api/saveDay";
import { formatDay, type Day } from "~/format";
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

  const save = useMemo(() => dayNoteSaver(queryClient, day), [queryClient, day]);

  return (
    <Card title="Note" actions={known && <Templates day={day} notes={known.day.notes} />}>
      {query.isError && !known ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !known ? (
        <Skeleton height={240} />
      ) : (
        <NoteEditor
          key={day}
          name={`day:${day}`}
          label={`Note of ${formatDay(day)}`}
          text={known.day.notes}
          save={save}
          placeholder="What did you plan, what did you see, what did you learn?"
        />
      )}
    </Card>
  );
}
