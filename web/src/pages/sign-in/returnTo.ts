/** Where a sign-in leads: a path of this journal, and nowhere else, whatever the URL says. */
export function localPath(path: string | undefined): string {
  if (!path?.startsWith("/")) return "/";
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? `${url.pathname}${url.search}${url.hash}` : "/";
}
