import { useQuery } from "@tanstack/react-query";
import type { Playbook } from "@trading-journal/sdk";
import { changePlaybook, createPlaybook, deletePlaybook, playbooksQuery } from "~/api/labels";
import { formatCount } from "~/format";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { Nothing } from "../Nothing";
import { linesOf, rulesOf } from "./rules";
import { TextDialog } from "./TextDialog";
import { useLabelsChanged } from "./useLabelsChanged";

export function PlaybooksCard() {
  const playbooks = useQuery(playbooksQuery);
  const changed = useLabelsChanged();
  return (
    <Card
      title="Playbooks"
      description="Ways of trading, each with the rules that make it. On a trade you tick the rules that you kept."
      actions={
        <TextDialog
          title="New playbook"
          trigger={<Button size="sm">New playbook</Button>}
          name=""
          lines={{ label: "Rules, one a line", text: "" }}
          onSave={async (name, text, key) => {
            await createPlaybook({ name, rules: linesOf(text).map((rule) => ({ text: rule })) }, key);
            await changed();
          }}
        />
      }
    >
      <QueryState query={playbooks}>
        {(items) =>
          items.length === 0 ? (
            <Nothing>None yet.</Nothing>
          ) : (
            <List label="Playbooks">
              {items.map((playbook) => (
                <PlaybookItem key={playbook.id} playbook={playbook} />
              ))}
            </List>
          )
        }
      </QueryState>
    </Card>
  );
}

function PlaybookItem({ playbook: { id, name, rules } }: { playbook: Playbook }) {
  const changed = useLabelsChanged();
  return (
    <ListItem
      title={<bdi>{name}</bdi>}
      description={formatCount(rules.length, "rule")}
      actions={
        <>
          <TextDialog
            title={`Change “${name}”`}
            description="A rule that is reworded in its place stays ticked where it was; one that is taken out goes off all trades."
            trigger={<Button size="sm">Change</Button>}
            name={name}
            lines={{ label: "Rules, one a line", text: rules.map((rule) => rule.text).join("\n") }}
            onSave={async (next, text) => {
              await changePlaybook(id, { name: next, rules: rulesOf(linesOf(text), rules) });
              await changed();
            }}
          />
          <ConfirmDialog
            trigger={<Button size="sm">Delete</Button>}
            title={`Delete “${name}”?`}
            description="Trades that were of it are of none, and forget which rules were kept."
            action="Delete"
            danger
            onConfirm={async () => {
              await deletePlaybook(id);
              await changed();
            }}
          />
        </>
      }
    />
  );
}
