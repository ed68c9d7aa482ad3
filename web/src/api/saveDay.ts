// Notes of days, saved only over the text that their writer has seen.

import type { QueryClient } from "@tanstack/react-query";
import type { Day } from "~/format";
import type { Save } from "~/markdown/keeper.ts";
import { dayQuery, journalKeys, writeDay } from "./journal";
import { isReason } from "./problem";

export function dayNoteSaver(client: QueryClient, date: Day): Save {
  const query = dayQuery(date);
  const fresh = () => client.query({ ...query, staleTime: 0 });
  return async (text, base) => {
    const known = client.getQueryData(query.queryKey);
    const seen = known?.day.notes === base ? known : await fresh();
    if (seen.day.notes !== base) return { kind: "refused", theirs: seen.day.notes };
    try {
      const { data, etag } = await writeDay(date, text, seen.etag);
      client.setQueryData(query.queryKey, { day: data, etag });
      void client.invalidateQueries({ queryKey: journalKeys.days });
      return { kind: "accepted", text: data.notes };
    } catch (error) {
      if (!isReason(error, "precondition-failed")) throw error;
      return { kind: "refused", theirs: (await fresh()).day.notes };
    }
  };
}
