/// <reference types="vite/client" />

/** Names what was built, in the text of the service worker too. */
declare const __BUILD_ID__: string;
