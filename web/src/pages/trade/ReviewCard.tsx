import type { Trade } from "@trading-journal/sdk";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { TagInput } from "~/tags/TagInput.tsx";
import { useKnownTags } from "~/tags/useKnownTags.ts";
import { useChange } from "./useChange.ts";

/** How the trade is filed. */
export function ReviewCard({ trade }: { trade: Trade }) {
  const change = useChange(trade);
  const known = useKnownTags();
  // What was just entered shows at once.
  const tags = change.isPending && change.variables.tags != null ? change.variables.tags : trade.tags;
  return (
    <Card title="Review">
      <Field label="Tags">
        <TagInput tags={tags} known={known} onChange={(next) => change.mutate({ tags: next })} />
      </Field>
    </Card>
  );
}
