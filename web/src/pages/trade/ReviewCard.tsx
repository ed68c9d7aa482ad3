import type { Trade } from "@trading-journal/sdk";
import { TagInput } from "~/tags/TagInput.tsx";
import { useKnownTags } from "~/tags/useKnownTags.ts";
import { Card } from "~/ui/Card";
import { Field } from "~/ui/Field";
import { CustomFields } from "./CustomFields.tsx";
import { Playbook } from "./Playbook.tsx";
import { Rating } from "./Rating.tsx";
import styles from "./ReviewCard.module.css";
import { useChange } from "./useChange.ts";
import { useKnownMistakes } from "./useKnownMistakes.ts";

/** How the trade is filed, and how well it was traded. Each of it counts at once. */
export function ReviewCard({ trade }: { trade: Trade }) {
  const { now, change } = useChange(trade);
  const known = useKnownTags();
  const mistakes = useKnownMistakes();
  return (
    <Card title="Review">
      <div className={styles.review}>
        <div className={styles.group}>
          <Field label="Tags">
            <TagInput tags={now.tags} known={known} onChange={(tags) => change({ tags })} />
          </Field>
          <Field label="Mistakes">
            <TagInput tags={now.mistakes} known={mistakes} placeholder="What went wrong" onChange={(next) => change({ mistakes: next })} />
          </Field>
          <Rating rating={now.rating ?? null} onRate={(rating) => change({ rating })} />
        </div>
        <div className={styles.group}>
          <Playbook trade={now} onChange={change} />
        </div>
        <CustomFields trade={now} onChange={change} />
      </div>
    </Card>
  );
}
