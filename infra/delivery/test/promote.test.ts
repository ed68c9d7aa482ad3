// The same images in the next registry, digest for digest.

import { expect, test } from "vitest";
import { sha256 } from "./fake/ecr.ts";
import { BEFORE, HERE, SERVICES, type Image, type State } from "./fake/state.ts";
import { stage } from "./stage.ts";

const aws = stage();
const TAG = "dddddddddddd";
const PROMOTE = `promote --environment dev --tag ${TAG} --from ${BEFORE}`;
const OCI = "application/vnd.oci.image";

/** Puts an index over one image of two layers into the registry of before; returns the index' digest. */
function build(state: State, service: string): string {
  const blob = (text: string): { digest: string } => {
    const digest = sha256(text);
    state.bytes.set(digest, Buffer.from(text));
    state.blobs.get(BEFORE)?.add(digest);
    return { digest };
  };
  const manifest = JSON.stringify({ config: blob(`config of ${service}`), layers: [blob("base layer of all"), blob(`layer of ${service}`)] });
  const image: Image = { digest: sha256(manifest), mediaType: `${OCI}.manifest.v1+json`, manifest };
  const index = JSON.stringify({ manifests: [{ digest: image.digest }] });
  const whole: Image = { digest: sha256(index), mediaType: `${OCI}.index.v1+json`, manifest: index };
  state.registries.get(BEFORE)?.set(`trading-journal/${service}`, new Map([[TAG, whole], [whole.digest, whole], [image.digest, image]]));
  return whole.digest;
}

function here(service: string): Image | undefined {
  return aws.state.registries.get(HERE)?.get(`trading-journal/${service}`)?.get(TAG);
}

test("images keep their digests in the next registry", async () => {
  const digests = SERVICES.map((service) => build(aws.state, service));

  const { code, output } = await aws.run(PROMOTE);

  expect(output).toContain("gateway: sha256:");
  expect(code).toBe(0);
  expect(SERVICES.map((service) => here(service)?.digest)).toEqual(digests);
});

test("what is there is not copied again", async () => {
  for (const service of SERVICES) build(aws.state, service);
  await aws.run(PROMOTE);
  const before = aws.state.calls.length;

  const { code, output } = await aws.run(PROMOTE);

  expect(code).toBe(0);
  expect(output).toContain("is there");
  expect(aws.state.calls.slice(before)).not.toContain("PutImage");
});

test("one that was stopped halfway goes on", async () => {
  for (const service of SERVICES) build(aws.state, service);
  await aws.run(PROMOTE);
  aws.state.registries.get(HERE)?.get("trading-journal/gateway")?.delete(TAG);
  const before = aws.state.calls.length;

  const { code } = await aws.run(PROMOTE);

  expect(code).toBe(0);
  expect(here("gateway")).toBeDefined();
  expect(aws.state.calls.slice(before)).not.toContain("UploadLayerPart");
});

test("a tag that names another image is refused before anything is copied", async () => {
  for (const service of SERVICES) build(aws.state, service);
  aws.state.push(HERE, TAG, ["gateway"]);

  const { code, output } = await aws.run(PROMOTE);

  expect(code).toBe(3);
  expect(output).toContain("a tag is never given twice; nothing was copied");
  expect(here("auth")).toBeUndefined();
});

test("an image that was never built is refused before anything is copied", async () => {
  for (const service of SERVICES.slice(1)) build(aws.state, service);

  const { code, output } = await aws.run(PROMOTE);

  expect(code).toBe(3);
  expect(output).toContain("trading-journal/auth");
  expect(aws.state.calls).not.toContain("PutImage");
});

test("a dry run copies nothing", async () => {
  for (const service of SERVICES) build(aws.state, service);

  const { code, output } = await aws.run(`${PROMOTE} --dry-run`);

  expect(code).toBe(0);
  expect(output).toContain("would copy auth");
  expect(aws.state.calls).not.toContain("PutImage");
});
