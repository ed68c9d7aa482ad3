import { useQuery } from "@tanstack/react-query";
import { mentoredQuery } from "../api/mentors";
import { useJournalOwner } from "../api/owner";
import { MenuChoice, MenuLabel, MenuLine } from "../ui/Menu";
import { useReadJournalOf } from "./useReadJournalOf";

const OWN = "own";

/** Whose journal is read, for whoever is somebody's mentor; nothing for everybody else. */
export function JournalChoice() {
  const mentored = useQuery(mentoredQuery).data ?? [];
  const owner = useJournalOwner();
  const read = useReadJournalOf();
  if (mentored.length === 0) return null;
  const options = mentored.map(({ owner_id, display_name, email }) => ({ value: owner_id, label: display_name || email }));
  return (
    <>
      <MenuLabel>Journal</MenuLabel>
      <MenuChoice
        value={owner?.id ?? OWN}
        options={[{ value: OWN, label: "Yours" }, ...options]}
        onValueChange={(id) => {
          const chosen = options.find((option) => option.value === id);
          read(chosen ? { id, name: chosen.label } : null);
        }}
      />
      <MenuLine />
    </>
  );
}
