import { useState } from "react";
import { Check, Copy } from "lucide-react";
import { Button } from "./Button";
import { toastProblem } from "./toasts";

/** Puts a text on the clipboard. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    }, toastProblem);
  };
  return (
    <Button size="sm" icon={copied ? <Check /> : <Copy />} onClick={copy}>
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  );
}
