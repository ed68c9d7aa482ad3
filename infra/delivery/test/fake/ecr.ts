// The part of ECR's interface that a delivery uses.

import { createHash } from "node:crypto";
import { Refusal, type Body } from "./protocol.ts";
import { HERE, type Image, type State } from "./state.ts";

type Call = (state: State, body: Body, url: string) => unknown;

const accountOf = (body: Body): string => (typeof body.registryId === "string" ? body.registryId : HERE);

function imagesOf(state: State, body: Body): Map<string, Image> {
  const images = state.registries.get(accountOf(body))?.get(String(body.repositoryName));
  if (images === undefined) throw new Refusal("RepositoryNotFoundException", `there is no ${String(body.repositoryName)}`);
  return images;
}

function imageOf(state: State, body: Body): Image {
  const [wanted] = body.imageIds as { imageTag?: string; imageDigest?: string }[];
  const image = imagesOf(state, body).get(wanted?.imageTag ?? wanted?.imageDigest ?? "");
  if (image === undefined) throw new Refusal("ImageNotFoundException", "there is no such image");
  return image;
}

export const sha256 = (bytes: Uint8Array | string): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

export const ecr: Readonly<Record<string, Call>> = {
  DescribeImages: (state, body) => ({ imageDetails: [{ imageDigest: imageOf(state, body).digest }] }),

  BatchGetImage(state, body) {
    const image = imageOf(state, body);
    return { images: [{ imageManifest: image.manifest, imageManifestMediaType: image.mediaType }] };
  },

  BatchCheckLayerAvailability(state, body) {
    const layers = (body.layerDigests as string[]).map((layerDigest) => ({
      layerDigest,
      layerAvailability: state.blobs.get(accountOf(body))?.has(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
    }));
    return { layers, failures: [] };
  },

  GetDownloadUrlForLayer(state, body, url) {
    const digest = String(body.layerDigest);
    if (!state.blobs.get(accountOf(body))?.has(digest)) throw new Refusal("LayersNotFoundException", "there is no such layer");
    return { downloadUrl: `${url}/blobs/${digest}`, layerDigest: digest };
  },

  InitiateLayerUpload(state) {
    const uploadId = String(state.uploads.size + 1);
    state.uploads.set(uploadId, []);
    return { uploadId, partSize: 4 };
  },

  UploadLayerPart(state, body) {
    state.uploads.get(String(body.uploadId))?.push(Buffer.from(String(body.layerPartBlob), "base64"));
    return {};
  },

  CompleteLayerUpload(state, body) {
    const [digest] = body.layerDigests as string[];
    const bytes = Buffer.concat(state.uploads.get(String(body.uploadId)) ?? []);
    if (digest !== sha256(bytes)) throw new Refusal("InvalidLayerException", "the digest is another");
    state.blobs.get(HERE)?.add(digest);
    return { layerDigest: digest };
  },

  PutImage(state, body) {
    const name = String(body.repositoryName);
    const manifest = String(body.imageManifest);
    const { layers = [], config, manifests = [] } = JSON.parse(manifest) as Record<string, { digest: string }[]> & { config?: { digest: string } };
    const images = state.registries.get(HERE)?.get(name) ?? new Map<string, Image>();
    const lacks = [...layers, ...(config ? [config] : [])].some(({ digest }) => !state.blobs.get(HERE)?.has(digest));
    if (lacks) throw new Refusal("LayersNotFoundException", "a layer is missing");
    if (manifests.some(({ digest }) => !images.has(digest))) throw new Refusal("ReferencedImagesNotFoundException", "an image is missing");
    const image = { digest: sha256(manifest), mediaType: String(body.imageManifestMediaType), manifest };
    images.set(image.digest, image);
    if (typeof body.imageTag === "string") images.set(body.imageTag, image);
    state.registries.get(HERE)?.set(name, images);
    return { image: {} };
  },
};
