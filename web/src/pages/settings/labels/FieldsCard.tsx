import { useQuery } from "@tanstack/react-query";
import type { CustomField } from "@trading-journal/sdk";
import { changeCustomField, customFieldsQuery, deleteCustomField } from "~/api/labels";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { Nothing } from "../Nothing";
import { linesOf } from "./rules";
import { TextDialog } from "./TextDialog";
import { useLabelsChanged } from "./useLabelsChanged";

const KINDS: Readonly<Record<string, string>> = {
  text: "Text",
  number: "Number",
  choice: "One of several",
  boolean: "Yes or no",
};

export function FieldsCard() {
  const fields = useQuery(customFieldsQuery);
  return (
    <Card title="Fields of your own" description="What else you note about each trade. New ones are made on the page of a trade.">
      <QueryState query={fields}>
        {(items) =>
          items.length === 0 ? (
            <Nothing>None yet.</Nothing>
          ) : (
            <List label="Fields of your own">
              {items.map((field) => (
                <FieldItem key={field.id} field={field} />
              ))}
            </List>
          )
        }
      </QueryState>
    </Card>
  );
}

function FieldItem({ field: { id, name, kind, choices } }: { field: CustomField }) {
  const changed = useLabelsChanged();
  const isChoice = kind === "choice";
  return (
    <ListItem
      title={<bdi>{name}</bdi>}
      description={isChoice ? `${KINDS[kind]}: ${choices.join(", ")}` : (KINDS[kind] ?? kind)}
      actions={
        <>
          <TextDialog
            title={`Change “${name}”`}
            trigger={<Button size="sm">Change</Button>}
            name={name}
            {...(isChoice ? { lines: { label: "Choices, one a line", text: choices.join("\n") } } : {})}
            onSave={async (next, text) => {
              await changeCustomField(id, isChoice ? { name: next, choices: linesOf(text) } : { name: next });
              await changed();
            }}
          />
          <ConfirmDialog
            trigger={<Button size="sm">Delete</Button>}
            title={`Delete “${name}”?`}
            description="What trades say in this field is gone with it."
            action="Delete"
            danger
            onConfirm={async () => {
              await deleteCustomField(id);
              await changed();
            }}
          />
        </>
      }
    />
  );
}
