#!/usr/bin/env -S npx tsx
// `delivery <program>`: deploys, takes back, promotes, migrates, asks at the door.

import { run } from "./run.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

process.exitCode = await run(process.argv.slice(2), {
  variables: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  stop: stop.signal,
});
