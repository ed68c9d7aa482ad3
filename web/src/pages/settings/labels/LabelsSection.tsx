import { PlaybooksCard } from "./PlaybooksCard";
import { FieldsCard } from "./FieldsCard";
import { TagsCard } from "./TagsCard";

/** What trades are sorted by. */
export default function LabelsSection() {
  return (
    <>
      <PlaybooksCard />
      <TagsCard />
      <FieldsCard />
    </>
  );
}
