// Which addresses a note may lead to, and which images it may load. Notes can come from a file or from somebody else.

const OPENED = new Set(["http:", "https:", "mailto:"]);

/** The address as a link may have it; null for what a browser would run (`javascript:`, `data:`) or hand to another program. */
export function linkAddress(address: string | undefined): string | null {
  const url = parse(address);
  return url && OPENED.has(url.protocol) ? url.href : null;
}

/** True for the images of this journal alone: one from elsewhere would tell its server who reads the note, and when. */
export function isOwnImage(address: string | undefined): boolean {
  if (address?.startsWith("blob:")) return true;
  const url = parse(address);
  return url !== null && url.origin === location.origin && url.pathname.startsWith("/v1/");
}

/** The host of an address, to be shown for an image that is not loaded. */
export function hostOf(address: string | undefined): string {
  return parse(address)?.host ?? "elsewhere";
}

function parse(address: string | undefined): URL | null {
  try {
    return new URL(address ?? "", location.origin);
  } catch {
    return null;
  }
}
