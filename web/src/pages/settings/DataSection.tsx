import { Card } from "~/ui/Card";
import { DeleteAccount } from "./DeleteAccount";
import { ExportCard } from "./ExportCard";

export function DataSection() {
  return (
    <>
      <ExportCard />
      <Card title="Delete the account" description="Everything of yours, in seven days. Until then signing in keeps it.">
        <DeleteAccount />
      </Card>
    </>
  );
}
