// A choice of one page that lives in the URL beside the filters, such as its tab.

import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { oneOf, text } from "./read";

/** Text of the URL; empty when it is not there. */
export function usePageText(name: string): [string, (value: string) => void] {
  const raw = useLocation({ select: ({ search }) => text((search as Readonly<Record<string, unknown>>)[name]) ?? "" });
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) => {
      const search = (previous: object) => {
        const others = Object.entries(previous).filter(([other]) => other !== name);
        return { ...Object.fromEntries(others), ...(value === "" ? {} : { [name]: value }) };
      };
      // Routes validate what they take themselves.
      void navigate({ to: ".", search: search as never, replace: true, resetScroll: false });
    },
    [name, navigate],
  );
  return [raw, set];
}

/** One of a few; the first of them is the default, which the URL does not show. */
export function usePageChoice<T extends string>(name: string, choices: readonly [T, ...T[]]): [T, (value: T) => void] {
  const [raw, setText] = usePageText(name);
  const [first] = choices;
  const set = useCallback((value: T) => setText(value === first ? "" : value), [setText, first]);
  return [oneOf(choices, raw) ?? first, set];
}
