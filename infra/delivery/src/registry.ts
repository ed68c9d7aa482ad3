// Images in the registry: which digest a tag names.

import { DescribeImagesCommand, ImageNotFoundException, RepositoryNotFoundException } from "@aws-sdk/client-ecr";
import type { Aws } from "./context.ts";
import { refused } from "./failure.ts";
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
