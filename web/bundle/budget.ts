// Says how much script the first page needs, and fails the build when it is more than promised.

import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Of gzipped script: what the entry imports, directly or not, before anything is shown. */
const MOST_BYTES = 170 * 1024;

interface Chunk {
  readonly code: string;
  readonly imports: readonly string[];
}

export function budget(): Plugin {
  return {
    name: "journal:budget",
    apply: "build",
    // After everything that still changes the chunks.
    enforce: "post",
    writeBundle(_, bundle) {
      const chunks = new Map<string, Chunk>();
      const entries: string[] = [];
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== "chunk") continue;
        chunks.set(name, file);
        if (file.isEntry) entries.push(name);
      }
      const bytes = sum([...reachable(chunks, entries)].map((name) => gzipSync(chunks.get(name)?.code ?? "").length));
      const told = `initial script: ${kilobytes(bytes)} of ${kilobytes(MOST_BYTES)} gzipped`;
      if (bytes > MOST_BYTES) this.error(`${told}: something that a page needs alone is imported at the start`);
      this.info(told);
    },
  };
}

/** The chunks that these import statically, themselves included. */
export function reachable(chunks: ReadonlyMap<string, Pick<Chunk, "imports">>, from: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(chunks.get(name)?.imports ?? []));
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
