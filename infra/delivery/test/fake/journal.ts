// The journal behind the door, as a smoke test sees it.

import type { ServerResponse } from "node:http";
import type { State } from "./state.ts";

export function answerAtTheDoor(state: State, method: string, path: string, text: string, response: ServerResponse): void {
  const bad = state.behaviours.get(state.served) === "bad at the door";
  const answer = (status: number, type: string, body: string): void => {
    response.writeHead(status, { "content-type": type }).end(body);
  };
  if (path === "/ready") answer(bad ? 503 : 200, "application/json", "{}");
  else if (path === "/") answer(200, "text/html; charset=utf-8", "<!doctype html>");
  else if (method === "POST" && path === "/v1/auth/login") {
    const { email } = JSON.parse(text) as { email: string };
    if (email === "visitor@journal.example") answer(200, "application/json", JSON.stringify({ access_token: "t" }));
    else answer(401, "application/problem+json", "{}");
  } else answer(200, "application/json", "{}");
}
