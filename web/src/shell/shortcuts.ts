// The keys of the whole app, as the palette and the sheet show them. Pages listen for theirs themselves.

import { pages } from "./pages";

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly { readonly keys: string; readonly does: string }[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: "mod+k", does: "Search, or jump to anything" },
      { keys: "?", does: "Show these shortcuts" },
      { keys: "Esc", does: "Close what is open" },
    ],
  },
  { title: "Go to", shortcuts: pages.map(({ keys, label }) => ({ keys, does: label })) },
  {
    title: "In the list of trades",
    shortcuts: [
      { keys: "/", does: "Search" },
      { keys: "j", does: "Next trade" },
      { keys: "k", does: "Previous trade" },
      { keys: "x", does: "Select the trade; with Shift, all up to it" },
      { keys: "a", does: "Select all" },
      { keys: "Enter", does: "Open the trade" },
    ],
  },
  {
    title: "In a trade",
    shortcuts: [
      { keys: "[", does: "Previous trade of the list" },
      { keys: "]", does: "Next trade of the list" },
    ],
  },
  {
    title: "In a note",
    shortcuts: [
      { keys: "mod+s", does: "Save now" },
      { keys: "mod+b", does: "Bold" },
      { keys: "mod+i", does: "Italic" },
    ],
  },
];
