import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { accountsQuery } from "../api/accounts";
import { breakdownQuery } from "../api/analytics";
import { Kbd } from "../ui/Kbd";
import { actionsFor, type Action } from "./actions";
import styles from "./CommandPalette.module.css";

/** More are found by typing more. */
const MOST_SYMBOLS = 50;

/** Leads anywhere by a few letters: pages, accounts, symbols, settings, and what can be done. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const accounts = useQuery(accountsQuery).data ?? [];
  const symbols = useQuery(breakdownQuery({}, "symbol")).data?.rows.slice(0, MOST_SYMBOLS).map((row) => row.key) ?? [];
  const groups = actionsFor({ accounts, symbols, text: text.trim() });

  function run({ run }: Action): void {
    onClose();
    run(router);
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.palette} aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">Search, or jump to anything</Dialog.Title>
          <Command label="Commands" loop>
            <Command.Input className={styles.input} placeholder="Search, or jump to…" value={text} onValueChange={setText} />
            <Command.List className={styles.list}>
              <Command.Empty className={styles.empty}>Nothing is called that.</Command.Empty>
              {groups.map(({ title, actions }) => (
                <Command.Group key={title} heading={title} className={styles.group}>
                  {actions.map((action) => {
                    const { id, label, keywords, icon: Icon, keys, always } = action;
                    return (
                      <Command.Item
                        key={id}
                        value={id}
                        keywords={[label, ...(keywords ?? []), ...(always ? [text] : [])]}
                        className={styles.item}
                        onSelect={() => run(action)}
                      >
                        <Icon aria-hidden />
                        <span className={styles.label}>{label}</span>
                        {keys !== undefined && <Kbd keys={keys} />}
                      </Command.Item>
                    );
                  })}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
