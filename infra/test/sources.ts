// What the programs know, read from their sources: settings, commands, queues, metrics.

import { readFileSync, readdirSync } from "node:fs";

const ROOT = new URL("../../", import.meta.url);

/** A setting of a program. */
export interface Setting {
  readonly name: string;
  /** May be given as `_FILE` and `_ARN` too. */
  readonly secret: boolean;
  /** Without it the program does not start. */
  readonly required: boolean;
  /** Its default is an address of a developer's machine. */
  readonly local: boolean;
}

/** Secrets without which a program does its work, or that it makes by itself: `open_if_set` in the sources. */
const OPTIONAL = new Set(["DATABASE_LOGIN", "DATABASE_REPLICA_URL", "MIGRATION_DATABASE_LOGIN", "SMTP_URL", "SIGNING_KEY"]);

interface Source {
  readonly path: string;
  readonly text: string;
}

const cache = new Map<string, Source[]>();

/** Rust files below a folder, tests apart. */
function rust(folder: string): Source[] {
  const known = cache.get(folder);
  if (known !== undefined) return known;
  const files = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".rs") && !path.endsWith("tests.rs"))
    .map((path) => ({ path: `${folder}${path}`, text: withoutTests(readFileSync(new URL(`${folder}${path}`, ROOT), "utf8")) }));
  cache.set(folder, files);
  return files;
}

const withoutTests = (text: string): string => text.split("#[cfg(test)]\nmod tests {")[0] ?? "";
const CRATES = ["runtime", "events", "identity"].map((crate) => `crates/${crate}/src/`);
const sourcesOf = (service: string): Source[] => [...rust(`services/${service}/src/`), ...CRATES.flatMap(rust)];

/** What `command` of a service may be told. */
export function settingsOf(service: string, command: string): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  const [root, from] = command === "migrate" ? ["Migration", "crates/runtime/src/settings.rs"] : ["Config", `services/${service}/src/config.rs`];
  collect(sourcesOf(service), from, root, found);
  return found;
}

/** Settings of a struct and of what is flattened into it. */
function collect(sources: Source[], from: string, name: string, found: Map<string, Setting>): void {
  const body = structNamed(sources, from, name);
  if (body === undefined) throw new Error(`no struct ${name} for ${from}`);
  for (const [, attribute = "", type = ""] of `${body.text}\n`.matchAll(/#\[(?:arg|command)\(([\s\S]*?)\)\]\s*(?:pub(?:\([a-z]+\))? )?\w+: ([^\n]+),\n/g)) {
    const [, variable] = /env = "([A-Z_]+)"/.exec(attribute) ?? [];
    if (variable !== undefined) {
      const [, standard] = /default_value(?:_t)? = ([^,]+)/.exec(attribute) ?? [];
      const required = standard === undefined && !/^(Option|Vec)</.test(type);
      found.set(variable, { name: variable, secret: false, required, local: isLocal(standard) });
    } else if (attribute.includes("flatten")) {
      const [, secret] = /^(?:\w+::)*Given<(?:\w+::)*(\w+)>/.exec(type) ?? [];
      if (secret === undefined) collect(sources, body.path, type, found);
      else addSecret(sources, secret, found);
    }
  }
}

function addSecret(sources: Source[], type: string, found: Map<string, Setting>): void {
  for (const { text } of sources) {
    const [, body] = new RegExp(`impl Named for ${type} \\{([\\s\\S]*?)\\n\\}`).exec(text) ?? [];
    const [, name] = /NAME: &'static str = "([A-Z_]+)"/.exec(body ?? "") ?? [];
    if (name === undefined) continue;
    const [, standard] = /DEFAULT: Option<&'static str> = Some\(([^)]*)\)/.exec(body ?? "") ?? [];
    found.set(name, { name, secret: true, required: standard === undefined && !OPTIONAL.has(name), local: isLocal(standard) });
    return;
  }
  throw new Error(`no secret ${type}`);
}

function isLocal(standard: string | undefined): boolean {
  return standard !== undefined && /127\.0\.0\.1|localhost/.test(standard);
}

/** A type's fields, as it is called in the file `from`. */
function structNamed(sources: Source[], from: string, type: string): Source | undefined {
  const parts = type.split("::");
  const name = parts.pop() ?? "";
  const module = parts.pop();
  const places = (path: string): boolean => {
    if (module === undefined || module === "settings") return true;
    return path.includes(`crates/${module}/`) || path.endsWith(`/${module}.rs`);
  };
  const own = from.split("/").slice(0, 2).join("/");
  const near = (path: string): number => (path === from ? 0 : path.startsWith(own) && module !== "settings" ? 1 : path.startsWith("crates/runtime/") ? 2 : 3);
  const candidates = sources
    .filter(({ path, text }) => places(path) && new RegExp(`pub struct ${name} \\{`).test(text))
    .sort((one, other) => near(one.path) - near(other.path));
  const [source] = candidates;
  const [, text] = new RegExp(`pub struct ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source?.text ?? "") ?? [];
  return source === undefined || text === undefined ? undefined : { path: source.path, text };
}

/** The commands of a program; none when there is no such program. */
export function commandsOf(service: string): string[] {
  let text: string;
  try {
    text = readFileSync(new URL(`services/${service}/src/main.rs`, ROOT), "utf8");
  } catch {
    return [];
  }
  const [, body = ""] = /#\[derive\([^\]]*Subcommand[^\]]*\)\][^{]*enum \w+ \{([\s\S]*?)\n\}/.exec(text) ?? [];
  return [...body.matchAll(/^ {4}([A-Z]\w*)\b/gm)].map(([, name = ""]) => name.replaceAll(/(?<!^)([A-Z])/g, "-$1").toLowerCase());
}

/** The queues that a service consumes. */
export function queuesOf(service: string): string[] {
  try {
    return rust(`services/${service}/src/`)
      .flatMap(({ text }) => [...text.matchAll(/const QUEUE: &'static str = "([\w.-]+)"/g)].map(([, queue = ""]) => queue))
      .sort();
  } catch {
    return [];
  }
}

/** Names of everything that is measured. */
export function metrics(): Set<string> {
  const folders = [...CRATES, ...["auth", "trades", "analytics", "notifications", "gateway"].map((service) => `services/${service}/src/`)];
  return new Set(folders.flatMap(rust).flatMap(({ text }) => [...text.matchAll(/(?:gauge|counter|histogram)!\(\s*"([\w.]+)"/g)].map(([, name = ""]) => name)));
}
