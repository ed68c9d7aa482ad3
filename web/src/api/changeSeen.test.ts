import { QueryClient } from "@tanstack/react-query";
import type { TradeDetail } from "@trading-journal/sdk";
import { beforeEach, expect, it, vi } from "vitest";
import { ProblemError } from "./problem";
import { changeSeen } from "./changeSeen.ts";

const server = vi.hoisted(() => ({ trade: { notes: "", tags: [] as string[] }, version: 1, isAway: false, patches: [] as unknown[] }));

vi.mock("./client", () => {
  const answer = () => ({ data: { id: "t", ...server.trade }, etag: String(server.version) });
  return {
    idempotencyKey: () => "key",
    call: (given: unknown) => given,
    callTagged: (given: unknown) => given,
    api: {
      GET: () => Promise.resolve(answer()),
      PATCH: (_path: string, { params, body }: { params: { header: Record<string, string> }; body: object }) => {
        if (server.isAway) return Promise.reject(new Error("away"));
        if (params.header["If-Match"] !== String(server.version)) {
          return Promise.reject(new ProblemError({ type: "urn:journal:problem:precondition-failed", title: "Changed", status: 412 }));
        }
        server.patches.push(body);
        server.trade = { ...server.trade, ...body };
        server.version += 1;
        return Promise.resolve(answer());
      },
    },
  };
});

let client: QueryClient;

beforeEach(() => {
  Object.assign(server, { trade: { notes: "", tags: [] }, version: 1, isAway: false, patches: [] });
  client = new QueryClient();
  client.setQueryData(["trades", "one", "t"], { trade: { id: "t", notes: "", tags: [] } as unknown as TradeDetail, etag: "1" });
});

it("two changes at once both get through, one after the other", async () => {
  await Promise.all([changeSeen(client, "t", { notes: "a" }, { notes: "" }), changeSeen(client, "t", { tags: ["x"] }, { tags: [] })]);
  expect(server.trade).toEqual({ notes: "a", tags: ["x"] });
  expect(server.patches).toHaveLength(2);
});

it("what was changed elsewhere is no obstacle when it is something else", async () => {
  Object.assign(server, { trade: { notes: "", tags: ["elsewhere"] }, version: 2 });
  const changed = await changeSeen(client, "t", { notes: "a" }, { notes: "" });
  expect(changed.kind).toBe("changed");
  expect(server.trade).toEqual({ notes: "a", tags: ["elsewhere"] });
});

it("the same thing changed elsewhere is a conflict, and is not overwritten", async () => {
  Object.assign(server, { trade: { notes: "theirs", tags: [] }, version: 2 });
  const changed = await changeSeen(client, "t", { notes: "ours" }, { notes: "" });
  expect(changed).toMatchObject({ kind: "conflict", trade: { notes: "theirs" } });
  expect(server.patches).toEqual([]);
});

it("a change that failed does not keep the next one waiting", async () => {
  server.isAway = true;
  await expect(changeSeen(client, "t", { notes: "a" }, { notes: "" })).rejects.toThrow();
  server.isAway = false;
  await expect(changeSeen(client, "t", { notes: "b" }, { notes: "" })).resolves.toMatchObject({ kind: "changed" });
});
