// Writes each text file of the build once more in fewer bytes, for the gateway to send as it is.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;
/** Smaller files fit a packet or two as they are. */
const WORTH_IT = 1024;

const encodings = [
  { ending: ".br", encode: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: brotli }) },
  { ending: ".gz", encode: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }) },
];
const brotli = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };

export function compress(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "journal:compress",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async closeBundle() {
      const folder = join(config.root, config.build.outDir);
      const files = await readdir(folder, { recursive: true });
      await Promise.all(files.filter((file) => TEXT.test(file)).map((file) => compressFile(join(folder, file))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < WORTH_IT) return;
  for (const { ending, encode } of encodings) {
    const encoded = await encode(bytes);
    if (encoded.length < bytes.length) await writeFile(file + ending, encoded);
  }
}
