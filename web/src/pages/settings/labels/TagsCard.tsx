import { useQuery } from "@tanstack/react-query";
import type { Tag } from "@trading-journal/sdk";
import { deleteTag, renameTag, tagsQuery } from "~/api/labels";
import { formatCount } from "~/format";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { List, ListItem } from "~/ui/List";
import { QueryState } from "~/ui/QueryState";
import { Nothing } from "../Nothing";
import { TextDialog } from "./TextDialog";
import { useLabelsChanged } from "./useLabelsChanged";

export function TagsCard() {
  const tags = useQuery(tagsQuery);
  return (
    <Card title="Tags" description="Renaming one renames it on all trades.">
      <QueryState query={tags}>
        {(items) =>
          items.length === 0 ? (
            <Nothing>Tags that you put on trades appear here.</Nothing>
          ) : (
            <List label="Tags">
              {items.map((tag) => (
                <TagItem key={tag.id} tag={tag} />
              ))}
            </List>
          )
        }
      </QueryState>
    </Card>
  );
}

function TagItem({ tag: { id, name, trades } }: { tag: Tag }) {
  const changed = useLabelsChanged();
  return (
    <ListItem
      title={<bdi>{name}</bdi>}
      description={`on ${formatCount(trades, "trade")}`}
      actions={
        <>
          <TextDialog
            title={`Rename “${name}”`}
            trigger={<Button size="sm">Rename</Button>}
            name={name}
            onSave={async (next) => {
              await renameTag(id, next);
              await changed();
            }}
          />
          <ConfirmDialog
            trigger={<Button size="sm">Delete</Button>}
            title={`Delete “${name}”?`}
            description={`It is taken off ${formatCount(trades, "trade")}.`}
            action="Delete"
            danger
            onConfirm={async () => {
              await deleteTag(id);
              await changed();
            }}
          />
        </>
      }
    />
  );
}
