import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { tagsQuery } from "~/api/labels.ts";

/** The names of all tags, the most used first. */
export function useKnownTags(): readonly string[] {
  const { data } = useQuery(tagsQuery);
  return useMemo(() => [...(data ?? [])].sort((a, b) => b.trades - a.trades).map((tag) => tag.name), [data]);
}
