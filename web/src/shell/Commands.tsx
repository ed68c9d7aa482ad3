import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from "react";
import { NO_KEYS, press } from "./keySequence";
import { pages } from "./pages";
import { showSheet, useSheet } from "./palette";

const CommandPalette = lazy(() => import("./CommandPalette"));
const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

const known = ["?", ...pages.map((page) => page.keys)];

/** Listens for the keys of the whole app, and shows the palette and the sheet of shortcuts. */
export function Commands() {
  const sheet = useSheet();
  const router = useRouter();
  const keys = useRef(NO_KEYS);

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      showSheet(sheet === "palette" ? null : "palette");
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const { state, hit } = press(keys.current, event.key.toLowerCase(), event.timeStamp, known);
    keys.current = state;
    if (hit === null) return;
    // The second key is none of a page's.
    event.preventDefault();
    if (hit === "?") showSheet("shortcuts");
    const page = pages.find((page) => page.keys === hit);
    if (page) void router.navigate({ to: page.to });
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    addEventListener("keydown", listener, { capture: true });
    return () => removeEventListener("keydown", listener, { capture: true });
  }, []);

  return (
    <Suspense>
      {sheet === "palette" && <CommandPalette onClose={() => showSheet(null)} />}
      {sheet === "shortcuts" && <ShortcutSheet onClose={() => showSheet(null)} />}
    </Suspense>
  );
}

/** Letters typed into a field are no shortcuts, nor is anything while a dialog or a menu is open. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu]") !== null
  );
}
