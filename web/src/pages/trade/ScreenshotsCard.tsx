import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ImagePlus, Trash2 } from "lucide-react";
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { addAttachment, attachmentAddress, attachmentsQuery, deleteAttachment } from "~/api/attachments.ts";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { Dialog } from "~/ui/Dialog";
import { IconButton } from "~/ui/IconButton";
import { ProblemNotice } from "~/ui/Notice";
import { toast, toastProblem } from "~/ui/toasts";
import { IMAGE_TYPES, MOST_IMAGES, whyNotImage } from "./images.ts";
import styles from "./ScreenshotsCard.module.css";

/** Images of the trade: pasted anywhere on the page, dropped here, or chosen. */
export function ScreenshotsCard({ trade }: { trade: string }) {
  const client = useQueryClient();
  const { data: images = [], error } = useQuery(attachmentsQuery(trade));
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [asked, setAsked] = useState<{ id: string; file_name: string } | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: attachmentsQuery(trade).queryKey });

  const add = useMutation({
    // One after the other: the order in which they were given stays.
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) await addAttachment(trade, file);
    },
    onError: (reason) => toastProblem(reason),
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (id: string) => deleteAttachment(trade, id), onError: (reason) => toastProblem(reason), onSettled: refresh });

  function take(files: readonly File[]) {
    const refused = files.map(whyNotImage).filter((reason) => reason !== null);
    for (const reason of refused) toast(reason);
    const good = files.filter((file) => whyNotImage(file) === null);
    if (images.length + good.length > MOST_IMAGES) toast(`A trade has at most ${MOST_IMAGES} images`);
    else if (good.length > 0) add.mutate(good);
  }

  const pasted = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) take(files);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => pasted(event);
    window.addEventListener("paste", listener);
    return () => window.removeEventListener("paste", listener);
  }, []);

  function dropped(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  }

  return (
    <Card title="Screenshots">
      <div
        role="group"
        aria-label="Screenshots"
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        {images.length > 0 && (
          <ul className={styles.images}>
            {images.map(({ id, file_name }) => (
              <li key={id}>
                <a href={attachmentAddress(trade, id)} target="_blank" rel="noreferrer" title={file_name}>
                  <img src={attachmentAddress(trade, id)} alt={file_name} loading="lazy" />
                </a>
                <IconButton size="sm" className={styles.remove} label={`Delete ${file_name}`} onClick={() => setAsked({ id, file_name })}>
                  <Trash2 />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <div className={styles.ask}>
          <Button size="sm" icon={<ImagePlus aria-hidden />} busy={add.isPending} onClick={() => chooser.current?.click()}>
            Add images
          </Button>
          <span>or paste or drop them: PNG, JPEG, WebP or GIF, up to 10 MiB each</span>
        </div>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={IMAGE_TYPES.join(",")}
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </div>
      <ProblemNotice error={error} />
      {asked && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title="Delete this image"
          description={`“${asked.file_name}” is gone for good then.`}
          actions={
            <>
              <Button onClick={() => setAsked(null)}>Cancel</Button>
              <Button
                variant="danger"
                onClick={() => {
                  remove.mutate(asked.id);
                  setAsked(null);
                }}
              >
                Delete
              </Button>
            </>
          }
        />
      )}
    </Card>
  );
}
