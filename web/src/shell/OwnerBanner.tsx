import { BookUser } from "lucide-react";
import { useJournalOwner } from "../api/owner";
import { Button } from "../ui/Button";
import styles from "./ConnectionBanner.module.css";
import { useReadJournalOf } from "./useReadJournalOf";

/** Above every page of somebody else's journal. */
export function OwnerBanner() {
  const owner = useJournalOwner();
  const read = useReadJournalOf();
  if (!owner) return null;
  return (
    <div className={styles.owner}>
      <BookUser aria-hidden />
      <p className={styles.text}>
        You read the journal of <strong>{owner.name}</strong>, and cannot change it.
      </p>
      <Button size="sm" onClick={() => read(null)}>
        Back to yours
      </Button>
    </div>
  );
}
