// Files of the web client that are named by their content: kept in a bucket beside those of former releases, so that a page that was
// loaded before a deploy still finds its own. They come out of the gateway's image, which was built once.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Context } from "./context.ts";
import { refused } from "./failure.ts";
import { repositoryOf } from "./names.ts";
import type { Place } from "./place.ts";
import { blobOf, manifestOf, type Manifest } from "./registry.ts";

const run = promisify(execFile);

const REPOSITORY = repositoryOf("gateway");
/** Where they are in the image, and below which path they are asked for. */
const IN_IMAGE = "app/web/assets";
const IN_BUCKET = "assets";

/** Other files are for the gateway alone: those that are compressed already, and maps of sources. */
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Uploads the files of a release that are not in the bucket yet. What is there stays. */
export async function uploadWeb(context: Context, place: Place, tag: string): Promise<void> {
  const { webBucket } = place;
  if (webBucket === undefined) return;
  const there = await namesIn(context, webBucket);
  const folder = await mkdtemp(join(tmpdir(), "delivery-"));
  try {
    await unpack(context, tag, folder);
    const all = await readdir(join(folder, IN_IMAGE)).catch(() => [] as string[]);
    const names = all.filter((name) => extname(name) in TYPES);
    if (names.length === 0) throw refused(`the image of the gateway has no files below /${IN_IMAGE}: nothing that serves was changed`);
    const missing = names.filter((name) => !there.has(`${IN_BUCKET}/${name}`));
    for (const name of missing) await put(context, webBucket, name, await readFile(join(folder, IN_IMAGE, name)));
    context.say(`web client: ${missing.length} new files of ${names.length}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Unpacks the files of the web client from the layers of the image, in their order. */
async function unpack({ aws, stop }: Context, tag: string, folder: string): Promise<void> {
  let { manifest } = await manifestOf(aws, REPOSITORY, { imageTag: tag });
  const digest = imageIn(manifest);
  if (digest !== undefined) ({ manifest } = await manifestOf(aws, REPOSITORY, { imageDigest: digest }));
  const file = join(folder, "layer");
  for (const layer of manifest.layers ?? []) {
    await writeFile(file, await blobOf(aws, REPOSITORY, layer.digest, stop));
    const { stdout } = await run("tar", ["--list", "--file", file], { maxBuffer: 64 << 20 });
    const wanted = stdout.split("\n").filter((name) => name.replace(/^\.?\//, "").startsWith(`${IN_IMAGE}/`) && !name.endsWith("/"));
    if (wanted.length > 0) await run("tar", ["--extract", "--file", file, "--directory", folder, ...wanted]);
  }
}

/** Of an index, the image for any machine; attestations are for none. */
function imageIn({ manifests = [] }: Manifest): string | undefined {
  return manifests.find(({ platform }) => platform?.os !== "unknown")?.digest;
}

async function namesIn({ aws }: Context, bucket: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  let next: string | undefined;
  do {
    const page = await aws.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${IN_BUCKET}/`, ContinuationToken: next }));
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) names.add(Key);
    next = page.NextContinuationToken;
  } while (next !== undefined);
  return names;
}

async function put({ aws }: Context, bucket: string, name: string, body: Uint8Array): Promise<void> {
  await aws.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `${IN_BUCKET}/${name}`,
      Body: body,
      ContentType: TYPES[extname(name)] ?? "application/octet-stream",
      CacheControl: "public, max-age=31536000, immutable",
    }),
  );
}
