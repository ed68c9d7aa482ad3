// What `cdk` runs: the environment that `-c env=` names.

import { App } from "aws-cdk-lib";
import { WrongContext, configFrom } from "../lib/config.ts";
import { journal } from "../lib/journal.ts";
import { check } from "../lib/nag.ts";

const app = new App();
try {
  journal(app, configFrom(app.node.getAllContext() as Record<string, unknown>));
  check(app);
} catch (error) {
  if (!(error instanceof WrongContext)) throw error;
  console.error(error.message);
  process.exit(2);
}
