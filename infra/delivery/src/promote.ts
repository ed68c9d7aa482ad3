// The same images in the next registry: copied byte for byte, so that they keep their digests.

import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  InitiateLayerUploadCommand,
  LayerAlreadyExistsException,
  PutImageCommand,
  UploadLayerPartCommand,
  type ImageIdentifier,
} from "@aws-sdk/client-ecr";
import type { Context } from "./context.ts";
import { EXIT, Failure, refused } from "./failure.ts";
import { repositoryOf } from "./names.ts";
import { blobOf, digestOf, digestsOf, manifestOf } from "./registry.ts";

/** Copies the images of `tag` from the registry of another account; refused when it has one that differs. */
export async function promote(context: Context, services: readonly string[], tag: string, from: string): Promise<void> {
  const wanted = await digestsOf(context.aws, services, tag, from);
  const missing: string[] = [];
  for (const [service, digest] of wanted) {
    const there = await digestOf(context.aws, service, tag);
    if (there === undefined) missing.push(service);
    else if (there === digest) context.say(`${service}: ${digest} is there`);
    else throw refused(`${service}: ${tag} is ${there} here and ${digest} in ${from}: a tag is never given twice; nothing was copied`);
  }
  for (const service of missing) {
    const digest = wanted.get(service) ?? "";
    if (context.dryRun) {
      context.say(`would copy ${service}: ${digest}`);
      continue;
    }
    await copy(context, { repository: repositoryOf(service), from }, { imageTag: tag });
    const copied = await digestOf(context.aws, service, tag);
    if (copied !== digest) throw new Failure(`${service}: the copy is ${copied ?? "not there"} instead of ${digest}`, EXIT.lost);
    context.say(`${service}: ${digest} copied`);
  }
}

interface Way {
  readonly repository: string;
  /** The account it comes from. */
  readonly from: string;
}

/** Copies an image, what it refers to first. */
async function copy(context: Context, way: Way, image: ImageIdentifier): Promise<void> {
  const { text, mediaType, manifest } = await manifestOf(context.aws, way.repository, image, way.from);
  for (const { digest } of manifest.manifests ?? []) await copy(context, way, { imageDigest: digest });
  for (const blob of [...(manifest.layers ?? []), ...(manifest.config ? [manifest.config] : [])]) await copyBlob(context, way, blob.digest);
  const digest = image.imageTag === undefined ? { imageDigest: image.imageDigest } : { imageTag: image.imageTag };
  try {
    await context.aws.ecr.send(new PutImageCommand({ repositoryName: way.repository, imageManifest: text, imageManifestMediaType: mediaType, ...digest }));
  } catch (error) {
    if (!(error instanceof Error && error.name === "ImageAlreadyExistsException")) throw error;
  }
}

async function copyBlob({ aws, say, stop }: Context, { repository, from }: Way, digest: string): Promise<void> {
  const { layers } = await aws.ecr.send(new BatchCheckLayerAvailabilityCommand({ repositoryName: repository, layerDigests: [digest] }));
  if (layers?.[0]?.layerAvailability === "AVAILABLE") return;
  const bytes = await blobOf(aws, repository, digest, stop, from);
  const { uploadId, partSize = bytes.length } = await aws.ecr.send(new InitiateLayerUploadCommand({ repositoryName: repository }));
  for (let first = 0; first < bytes.length; first += partSize) {
    const part = bytes.subarray(first, first + partSize);
    await aws.ecr.send(
      new UploadLayerPartCommand({
        repositoryName: repository,
        uploadId,
        partFirstByte: first,
        partLastByte: first + part.length - 1,
        layerPartBlob: part,
      }),
    );
  }
  try {
    await aws.ecr.send(new CompleteLayerUploadCommand({ repositoryName: repository, uploadId, layerDigests: [digest] }));
  } catch (error) {
    if (!(error instanceof LayerAlreadyExistsException)) throw error;
  }
  say(`  ${digest}, ${bytes.length} bytes`);
}
