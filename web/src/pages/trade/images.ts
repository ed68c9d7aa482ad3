/** What the API takes; it looks at the bytes as well. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;
const LARGEST = 10 * 1024 * 1024;
export const MOST_IMAGES = 20;

/** Why a file is not sent at all; null: it may be taken. */
export function whyNotImage({ name, type, size }: Pick<File, "name" | "type" | "size">): string | null {
  const what = name || "The image";
  if (!IMAGE_TYPES.some((known) => known === type)) return `${what} is no PNG, JPEG, WebP or GIF image`;
  if (size === 0) return `${what} is empty`;
  if (size > LARGEST) return `${what} has ${(size / 1024 / 1024).toFixed(1)} MiB; at most 10 are taken`;
  return null;
}
