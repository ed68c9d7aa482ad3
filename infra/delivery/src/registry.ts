// Images in the registry: which digest a tag names, and what they are made of.

import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  GetDownloadUrlForLayerCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
  type ImageIdentifier,
} from "@aws-sdk/client-ecr";
import type { Aws } from "./context.ts";
import { EXIT, Failure, refused } from "./failure.ts";
import { repositoryOf } from "./names.ts";

/** The digest of each service's image with this tag; refused when one is missing. */
export async function digestsOf(
  aws: Aws,
  services: readonly string[],
  tag: string,
  registry?: string,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  const missing: string[] = [];
  for (const service of services) {
    const digest = await digestOf(aws, service, tag, registry);
    if (digest === undefined) missing.push(repositoryOf(service));
    else digests.set(service, digest);
  }
  if (missing.length > 0) {
    throw refused(`there is no image with the tag ${tag} in ${missing.join(", ")}: nothing was changed`);
  }
  return digests;
}

/** The services of which there is no image with this tag. */
export async function missingOf(aws: Aws, services: readonly string[], tag: string): Promise<string[]> {
  const missing: string[] = [];
  for (const service of services) {
    if ((await digestOf(aws, service, tag)) === undefined) missing.push(service);
  }
  return missing;
}

/** Undefined when there is no such image. */
export async function digestOf(aws: Aws, service: string, tag: string, registry?: string): Promise<string | undefined> {
  try {
    const { imageDetails } = await aws.ecr.send(
      new DescribeImagesCommand({ repositoryName: repositoryOf(service), registryId: registry, imageIds: [{ imageTag: tag }] }),
    );
    return imageDetails?.[0]?.imageDigest;
  } catch (error) {
    if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) return undefined;
    throw error;
  }
}

const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

interface Reference {
  readonly digest: string;
}

/** Of an index: other manifests. Of an image: what it is made of. */
export interface Manifest {
  readonly manifests?: readonly (Reference & { readonly platform?: { readonly os?: string; readonly architecture?: string } })[];
  readonly config?: Reference;
  readonly layers?: readonly Reference[];
}

/** What an image or an index is made of, also as the registry has it, byte for byte. */
export async function manifestOf(
  aws: Aws,
  repository: string,
  image: ImageIdentifier,
  registry?: string,
): Promise<{ text: string; mediaType: string | undefined; manifest: Manifest }> {
  const { images } = await aws.ecr.send(
    new BatchGetImageCommand({ registryId: registry, repositoryName: repository, imageIds: [image], acceptedMediaTypes: MANIFESTS }),
  );
  const { imageManifest: text, imageManifestMediaType: mediaType } = images?.[0] ?? {};
  if (text === undefined) throw new Failure(`${repository} has no ${image.imageTag ?? image.imageDigest ?? ""}`, EXIT.lost);
  return { text, mediaType, manifest: JSON.parse(text) as Manifest };
}

/** A layer, or the settings of an image. */
export async function blobOf(aws: Aws, repository: string, digest: string, stop: AbortSignal, registry?: string): Promise<Uint8Array> {
  const { downloadUrl } = await aws.ecr.send(
    new GetDownloadUrlForLayerCommand({ registryId: registry, repositoryName: repository, layerDigest: digest }),
  );
  const answer = await fetch(downloadUrl ?? "", { signal: stop });
  if (!answer.ok) throw new Failure(`${repository}: ${digest} cannot be fetched: ${answer.status}`, EXIT.lost);
  return new Uint8Array(await answer.arrayBuffer());
}
