import { useQuery } from "@tanstack/react-query";
import type { Trade, TradeChange } from "@trading-journal/sdk";
import { Plus } from "lucide-react";
import { useState } from "react";
import { playbooksQuery } from "~/api/labels.ts";
import { Button } from "~/ui/Button";
import { Checkbox } from "~/ui/Checkbox";
import { Field } from "~/ui/Field";
import { Select } from "~/ui/Select";
import { NewPlaybook } from "./NewPlaybook.tsx";
import styles from "./ReviewCard.module.css";

interface PlaybookProps {
  trade: Trade;
  onChange: (change: TradeChange) => void;
}

/** By which rules it was traded, and which of them were kept. */
export function Playbook({ trade, onChange }: PlaybookProps) {
  const { data: playbooks = [] } = useQuery(playbooksQuery);
  const [isNew, setNew] = useState(false);
  const playbook = playbooks.find(({ id }) => id === trade.playbook_id);
  const kept = new Set(trade.followed_rules);
  const rules = playbook?.rules ?? [];
  return (
    <>
      <Field
        label="Playbook"
        aside={
          <Button className={styles.aside} size="sm" variant="quiet" icon={<Plus aria-hidden />} onClick={() => setNew(true)}>
            New
          </Button>
        }
      >
        <Select
          value={trade.playbook_id ?? ""}
          options={[{ value: "", label: "None" }, ...playbooks.map(({ id, name }) => ({ value: id, label: name }))]}
          onValueChange={(id) => onChange({ playbook_id: id || null })}
        />
      </Field>
      {rules.length > 0 && (
        <div className={styles.rules} role="group" aria-label="Rules that were kept">
          {rules.map((rule) => (
            <Checkbox
              key={rule.id}
              label={rule.text}
              checked={kept.has(rule.id)}
              onCheckedChange={(checked) => {
                const next = checked ? [...kept, rule.id] : [...kept].filter((id) => id !== rule.id);
                onChange({ followed_rules: next });
              }}
            />
          ))}
          <p className={styles.kept}>
            {rules.filter(({ id }) => kept.has(id)).length} of {rules.length} rules kept
          </p>
        </div>
      )}
      {isNew && <NewPlaybook onClose={() => setNew(false)} onCreated={(id) => onChange({ playbook_id: id })} />}
    </>
  );
}
