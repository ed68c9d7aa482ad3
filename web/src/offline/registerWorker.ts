// Registers the service worker, and offers a new version once it is there.

import { toast } from "../ui/toasts";

export function registerWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js").then(watch, () => {
      // A private window may forbid it: then the app needs a network, and works as before.
    });
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      // The first one ever takes the place of nothing.
      if (next.state === "installed" && navigator.serviceWorker.controller) offer(next);
    });
  });
  // Tabs stay open for days; a browser asks only when a page is opened.
  setInterval(() => void registration.update().catch(() => undefined), 60 * 60 * 1000);
}

function offer(worker: ServiceWorker): void {
  toast("A new version is ready", {
    label: "Reload",
    run: () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("take-over");
    },
  });
}
