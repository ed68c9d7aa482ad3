// The service worker: keeps the files of the client, so that it opens without a network. Answers of the API are none of its business:
// those of the user who is signed in are kept by the query cache (`persistedQueries.ts`).
//
// Written by hand: the one thing it does takes fewer lines than the configuration of a generator. `plugin.ts` fills in the two names.

/* global __BUILD__, __FILES__ */

const CACHE = "journal-files-__BUILD__";
const FILES = __FILES__;
/** What the gateway answers itself. */
const SERVED = /^\/(v1|docs|health|ready|metrics|\.well-known)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldFiles().then(() => self.clients.claim()));
});

// A new version waits until its user wants it: pages of the old one still load chunks of the old one.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || SERVED.test(url.pathname)) return;
  // Every page is the same document; the router shows what its address says.
  const file = request.mode === "navigate" ? "/" : url.pathname;
  if (FILES.includes(file)) event.respondWith(fromCache(file, request));
});

async function fromCache(file, request) {
  const kept = await caches.match(file, { cacheName: CACHE });
  return kept ?? fetch(request);
}

async function dropOldFiles() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("journal-files-") && name !== CACHE).map((name) => caches.delete(name)));
}
