// The web client's files: out of the image, beside those of former releases.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "./fake/ecr.ts";
import { HERE, type Image } from "./fake/state.ts";
import { NEW, stage } from "./stage.ts";

const aws = stage();

/** A layer with these files. */
function layer(files: Readonly<Record<string, string>>): { digest: string } {
  const folder = mkdtempSync(join(tmpdir(), "delivery-test-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, "root", name, ".."), { recursive: true });
    writeFileSync(join(folder, "root", name), text);
  }
  execFileSync("tar", ["--create", "--gzip", "--file", join(folder, "layer.tar.gz"), "--directory", join(folder, "root"), "."]);
  const bytes = readFileSync(join(folder, "layer.tar.gz"));
  rmSync(folder, { recursive: true });
  const digest = sha256(bytes);
  aws.state.bytes.set(digest, bytes);
  aws.state.blobs.get(HERE)?.add(digest);
  return { digest };
}

/** Makes the gateway's image of these layers, below an index that also has an attestation. */
function image(layers: { digest: string }[]): void {
  const manifest = JSON.stringify({ layers });
  const whole: Image = { digest: sha256(manifest), mediaType: "x", manifest };
  const attestation = { digest: "sha256:none", platform: { os: "unknown", architecture: "unknown" } };
  const index = JSON.stringify({ manifests: [attestation, { digest: whole.digest, platform: { os: "linux", architecture: "arm64" } }] });
  const images = aws.state.registries.get(HERE)?.get("trading-journal/gateway");
  images?.set(whole.digest, whole).set(NEW, { digest: sha256(index), mediaType: "x", manifest: index });
}

test("files of the web client come out of the image, and those of former releases stay", async () => {
  aws.state.objects = new Map([["assets/old-1.js", { body: "old", type: "text/javascript" }]]);
  const web = layer({ "app/web/index.html": "<p>", "app/web/assets/new-2.js": "let a", "app/web/assets/new-2.css": "a{}", "app/web/assets/new-2.js.br": "br" });
  image([layer({ "app/service": "program" }), web]);

  const { code, output } = await aws.deploy();

  expect(output).toContain("web client: 2 new files of 2");
  expect(code).toBe(0);
  expect([...aws.state.objects.keys()].sort()).toEqual(["assets/new-2.css", "assets/new-2.js", "assets/old-1.js"]);
  expect(aws.state.objects.get("assets/new-2.js")?.body).toContain("let a");
  expect(aws.state.objects.get("assets/new-2.css")?.type).toBe("text/css; charset=utf-8");
});

test("what is in the bucket is not uploaded again", async () => {
  aws.state.objects = new Map([["assets/new-2.js", { body: "as it was", type: "text/javascript" }]]);
  image([layer({ "app/web/assets/new-2.js": "let a" })]);

  const { output } = await aws.deploy();

  expect(output).toContain("web client: 0 new files of 1");
  expect(aws.state.objects.get("assets/new-2.js")?.body).toBe("as it was");
});

test("an image without a web client stops the deploy before anything that serves is changed", async () => {
  aws.state.objects = new Map();
  image([layer({ "app/service": "program" })]);

  const { code, output } = await aws.deploy();

  expect(code).toBe(3);
  expect(output).toContain("has no files below /app/web/assets");
  expect(aws.state.deployed).toEqual([]);
});
