import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Sends what was written offline, at the start and whenever the network is back. */
export function useOutbox(): void {
  const client = useQueryClient();
  useEffect(() => {
    const send = async () => {
      const [{ sendDrafts }, { tradeNotesSaver }, { dayNoteSaver }] = await Promise.all([
        import("./outbox.ts"),
        import("~/api/saveNotes.ts"),
        import("~/api/saveDay.ts"),
      ]);
      await sendDrafts({ trade: (id) => tradeNotesSaver(client, id), day: (date) => dayNoteSaver(client, date) });
    };
    const whenOnline = () => void send();
    // What is on the screen is fetched first.
    const timer = setTimeout(whenOnline, 2000);
    window.addEventListener("online", whenOnline);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", whenOnline);
    };
  }, [client]);
}
