// What the programs are told, and what they say about themselves.

import { parseArgs } from "node:util";
import { wrong } from "./failure.ts";
import { ENVIRONMENTS, type Environment } from "./names.ts";

/** The programs, each with its help. */
export const PROGRAMS = {
  deploy: `delivery deploy --environment <name> --tag <commit> [--first] [--dry-run]

Brings a release to the users of an environment: finds its images, migrates the databases (one-off tasks), runs cdk deploy,
waits until every service is stable, and asks at the door. When that fails, the last good release comes back by itself.
Run again after it was killed, it goes on.
--first is for an environment without services: databases are made while the stacks are.`,
  rollback: `delivery rollback --environment <name> [--to <commit>] [--dry-run]

Brings back a release that was good: the newest besides the one that serves, or the one that is named. Databases stay as they are.`,
  promote: `delivery promote --environment <name> --tag <commit> --from <account> [--dry-run]

Copies the images of a release from the registry of the account before, byte for byte: the digests stay. What is there is not
copied again; a tag that names another image is refused.`,
  missing: `delivery missing --environment <name> --tag <commit>

Prints \`missing=\` and the services of which the registry has no image with this tag, separated by commas, as a step of a workflow hands
them on. Those are to be built: a tag is never given twice.`,
  migrate: `delivery migrate --environment <name> --tag <commit> [--dry-run]

Only migrates the databases, each by a one-off task; the first that fails stops it.`,
  smoke: `delivery smoke (--url <url> | --environment <name>)

Asks at the door whether the journal works. With SMOKE_EMAIL and SMOKE_PASSWORD somebody signs in and looks at every service.`,
} as const;
export type Program = keyof typeof PROGRAMS;

export const HELP = `Delivers Trading Journal.

${Object.values(PROGRAMS)
  .map((help) => `  ${help.split("\n")[0] ?? ""}`)
  .join("\n")}

"delivery <program> --help" says more.

Environments: ${ENVIRONMENTS.join(", ")}. AWS is reached as the variables of its SDK say (AWS_REGION, credentials).
  DELIVERY_CONTEXT  what else cdk is told, e.g. "domain=journal.example hostedZone=Z0123456789"
  SMOKE_EMAIL, SMOKE_PASSWORD  who signs in for the smoke test

Exit codes: 0 done; 2 the command line is wrong; 3 refused, nothing that serves was changed;
4 it failed and the release before serves again; 5 it failed and somebody has to look; 130 stopped.`;

const OPTIONS = {
  environment: { type: "string" },
  tag: { type: "string" },
  to: { type: "string" },
  from: { type: "string" },
  url: { type: "string" },
  first: { type: "boolean" },
  "dry-run": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
type Option = keyof typeof OPTIONS;

/** Options that a program takes besides --help. */
const TAKES: Readonly<Record<Program, readonly Option[]>> = {
  deploy: ["environment", "tag", "first", "dry-run"],
  rollback: ["environment", "to", "dry-run"],
  promote: ["environment", "tag", "from", "dry-run"],
  missing: ["environment", "tag"],
  migrate: ["environment", "tag", "dry-run"],
  smoke: ["environment", "url"],
};

const FORMS = {
  tag: { form: /^[0-9a-f]{7,40}$/, meaning: "a commit, 7 to 40 hexadecimal digits" },
  to: { form: /^[0-9a-f]{7,40}$/, meaning: "a commit, 7 to 40 hexadecimal digits" },
  from: { form: /^\d{12}$/, meaning: "an AWS account, 12 digits" },
  url: { form: /^https?:\/\/\S+$/, meaning: "a URL such as https://journal.example" },
} as const;

/** What was asked for. */
export interface Asked {
  readonly program: Program;
  readonly environment: Environment | undefined;
  readonly tag: string | undefined;
  readonly to: string | undefined;
  readonly from: string | undefined;
  readonly url: string | undefined;
  readonly first: boolean;
  readonly dryRun: boolean;
}

/** Reads a command line; a text is what to print instead of doing anything. */
export function read(words: readonly string[]): Asked | string {
  const [program, ...rest] = words;
  if (program === undefined || program === "--help" || program === "-h") return HELP;
  if (!isProgram(program)) throw wrong(`there is no program "${program}": ${Object.keys(PROGRAMS).join(", ")}`);
  const values = valuesOf(rest);
  if (values.help === true) return `${PROGRAMS[program]}\n`;
  for (const option of Object.keys(values) as Option[]) {
    if (!TAKES[program].includes(option)) throw wrong(`${program} takes no --${option}`);
  }
  for (const option of ["tag", "to", "from", "url"] as const) {
    const [value, { form, meaning }] = [values[option], FORMS[option]];
    if (value !== undefined && !form.test(value)) throw wrong(`--${option} is "${value}": expected is ${meaning}`);
  }
  const { environment } = values;
  if (environment !== undefined && !isEnvironment(environment)) {
    throw wrong(`--environment is "${environment}": expected is one of ${ENVIRONMENTS.join(", ")}`);
  }
  const { tag, to, from, url } = values;
  return { program, environment, tag, to, from, url, first: values.first === true, dryRun: values["dry-run"] === true };
}

/** The value, or a refusal that says that it is missing. */
export function need<T>(value: T | undefined, option: string): T {
  if (value === undefined) throw wrong(`--${option} is missing`);
  return value;
}

function valuesOf(words: string[]) {
  try {
    const { values } = parseArgs({ args: words, options: OPTIONS, strict: true, allowPositionals: false });
    // A variable that is empty says nothing: `--to "$TO"`.
    if (values.to === "") delete values.to;
    return values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function isProgram(word: string): word is Program {
  return word in PROGRAMS;
}

function isEnvironment(word: string): word is Environment {
  return (ENVIRONMENTS as readonly string[]).includes(word);
}
