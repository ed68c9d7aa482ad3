// The secret of a mailed link stands behind its `#`, which browsers tell no server.

import { useState } from "react";

/** What was read already, and of which page: whoever has to sign in first comes back without it. */
let kept = { page: "", token: "" };

/** The token of the link that led here. */
export function useMailedToken(): string {
  const [token] = useState(takeMailedToken);
  return token;
}

/** Reads the token once, so that it stays neither in the address bar nor in the history. */
export function takeMailedToken(): string {
  const page = location.pathname;
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token !== null) {
    kept = { page, token };
    history.replaceState(history.state, "", page + location.search);
  }
  return kept.page === page ? kept.token : "";
}
