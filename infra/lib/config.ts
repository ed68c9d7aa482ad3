// The environments, and what the command line may say about one: the only place where they differ.

/** How large one task of a service is: CPU units (1024 are one vCPU) and MiB, and how many there are at least and at most. */
export interface Size {
  readonly cpu: 256 | 512 | 1024 | 2048;
  readonly memory: 512 | 1024 | 2048 | 4096;
  readonly least: number;
  readonly most: number;
}

/** Everything in which environments differ. */
export interface Environment {
  readonly name: EnvironmentName;
  /** CloudFront's certificates and firewalls live in us-east-1 alone, so everything does: no reference crosses a region. */
  readonly region: "us-east-1";
  readonly zones: readonly [string, string];
  /** Its networks are 10.`network`.0.0/16. */
  readonly network: number;
  /** One way out is cheap; one in each zone outlives a zone. */
  readonly natGateways: 1 | 2;
  /** Interface endpoints cost by the hour, and keep images, logs and secrets off the internet. */
  readonly endpoints: boolean;
  readonly database: {
    readonly instance: string;
    readonly standby: boolean;
    /** GiB now, and up to where it may grow by itself. */
    readonly storage: number;
    readonly mostStorage: number;
    readonly backupDays: number;
    /** Most connections of one task. */
    readonly connections: number;
    readonly readReplica: boolean;
  };
  readonly cache: { readonly node: string; readonly replicas: 0 | 1 };
  readonly broker: { readonly instance: string; readonly version: "3.13" | "4.2"; readonly cluster: boolean };
  /** Of every service that has no line of its own below. */
  readonly size: Size;
  readonly sizes: Readonly<Record<string, Partial<Size>>>;
  /** Part of the tasks that may be taken away at two minutes' notice, for 30 % of the price. */
  readonly spot: boolean;
  readonly logDays: 7 | 30 | 90;
  /** Whether addresses of users are verified, which needs a mail server. */
  readonly mail: boolean;
  /** Sign-in at providers elsewhere. */
  readonly providers: boolean;
}

export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

const ZONES = ["us-east-1a", "us-east-1b"] as const;

const dev: Environment = {
  name: "dev",
  region: "us-east-1",
  zones: ZONES,
  network: 10,
  natGateways: 1,
  endpoints: false,
  database: { instance: "t4g.micro", standby: false, storage: 20, mostStorage: 50, backupDays: 7, connections: 5, readReplica: false },
  cache: { node: "cache.t4g.micro", replicas: 0 },
  broker: { instance: "mq.t3.micro", version: "3.13", cluster: false },
  size: { cpu: 256, memory: 512, least: 1, most: 2 },
  sizes: {},
  spot: true,
  logDays: 7,
  mail: false,
  providers: false,
};

const prod: Environment = {
  name: "prod",
  region: "us-east-1",
  zones: ZONES,
  network: 30,
  natGateways: 2,
  endpoints: true,
  database: { instance: "m7g.large", standby: true, storage: 100, mostStorage: 1000, backupDays: 7, connections: 10, readReplica: true },
  cache: { node: "cache.t4g.small", replicas: 1 },
  broker: { instance: "mq.m7g.large", version: "4.2", cluster: true },
  size: { cpu: 512, memory: 1024, least: 2, most: 10 },
  sizes: { trades: { cpu: 1024, memory: 2048 } },
  spot: false,
  logDays: 90,
  mail: true,
  providers: true,
};

/** As prod, but of everything the smallest that has the same shape. */
const staging: Environment = {
  ...prod,
  name: "staging",
  network: 20,
  natGateways: 1,
  database: { ...prod.database, instance: "t4g.medium", storage: 50, mostStorage: 200, readReplica: false },
  cache: { node: "cache.t4g.micro", replicas: 1 },
  size: { cpu: 256, memory: 512, least: 2, most: 10 },
  sizes: {},
  logDays: 30,
  providers: false,
};

const BY_NAME: Readonly<Record<EnvironmentName, Environment>> = { dev, staging, prod };

/** What is built: an environment, and what only the command line knows. */
export interface Config extends Environment {
  /** Tag of the images, the commit they were built from. */
  readonly imageTag: string;
  /** Where users find the journal; without one, CloudFront's own name. */
  readonly domain?: { readonly name: string; readonly hostedZone: string };
  /** Who is told of alarms. */
  readonly alarmEmail?: string;
  /** `owner/name` on GitHub, whose deployments of this environment may deploy. */
  readonly repository?: string;
  /** The account of the next environment, which may read images here. */
  readonly promotesTo?: string;
  /** No service runs: for the first deploy, which has no databases yet. */
  readonly asleep: boolean;
}

/** A context value that is wrong or missing: the message says what is expected. */
export class WrongContext extends Error {}

interface Expected {
  readonly form: RegExp;
  readonly meaning: string;
}

const EXPECTED = {
  env: { form: /^(dev|staging|prod)$/, meaning: `one of ${ENVIRONMENTS.join(", ")}` },
  imageTag: { form: /^[0-9a-f]{7,40}$/, meaning: "the commit that the images were built from, 7 to 40 hexadecimal digits" },
  domain: { form: /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, meaning: "a domain in small letters such as journal.example.com" },
  hostedZone: { form: /^Z[0-9A-Z]{5,31}$/, meaning: "the id of the domain's Route 53 zone, such as Z0123456789ABCDEFGHIJ" },
  alarmEmail: { form: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, meaning: "an e-mail address" },
  repository: { form: /^[\w.-]+\/[\w.-]+$/, meaning: "a GitHub repository such as owner/name" },
  promotesTo: { form: /^\d{12}$/, meaning: "the account that images are promoted to, 12 digits" },
  asleep: { form: /^(true|false)$/, meaning: "true for services without tasks, or false" },
} as const satisfies Record<string, Expected>;

type Key = keyof typeof EXPECTED;

/** Images that nobody built: good for looking at templates, not for deploying. */
export const UNRELEASED = "unreleased";

/** Reads what `-c name=value` said. Everything that CDK itself puts there is left alone. */
export function configFrom(context: Readonly<Record<string, unknown>>): Config {
  const strangers = Object.keys(context).filter((key) => !(key in EXPECTED) && !isOfCdk(key));
  if (strangers.length > 0) {
    throw new WrongContext(`The context value "${strangers[0]}" is unknown: expected are ${Object.keys(EXPECTED).join(", ")}.`);
  }
  const name = read(context, "env");
  if (name === undefined) {
    throw new WrongContext(`The context value "env" is missing: give -c env=<name>, ${EXPECTED.env.meaning}.`);
  }
  const [domain, hostedZone] = [read(context, "domain"), read(context, "hostedZone")];
  if ((domain === undefined) !== (hostedZone === undefined)) {
    const [given, missing] = domain === undefined ? ["hostedZone", "domain"] as const : ["domain", "hostedZone"] as const;
    throw new WrongContext(`The context value "${given}" needs "${missing}" beside it: ${EXPECTED[missing].meaning}.`);
  }
  const [alarmEmail, repository, promotesTo] = [read(context, "alarmEmail"), read(context, "repository"), read(context, "promotesTo")];
  return {
    ...BY_NAME[name as EnvironmentName],
    imageTag: read(context, "imageTag") ?? UNRELEASED,
    asleep: read(context, "asleep") === "true",
    ...(domain !== undefined && hostedZone !== undefined && { domain: { name: domain, hostedZone } }),
    ...(alarmEmail !== undefined && { alarmEmail }),
    ...(repository !== undefined && { repository }),
    ...(promotesTo !== undefined && { promotesTo }),
  };
}

/** Mail needs a domain to come from; until then addresses are not verified. */
export function sendsMail(config: Config): boolean {
  return config.mail && config.domain !== undefined;
}

/** The size of a service's tasks. */
export function sizeOf(environment: Environment, service: string): Size {
  return { ...environment.size, ...environment.sizes[service] };
}

function isOfCdk(key: string): boolean {
  return key.startsWith("@aws-cdk") || key.startsWith("aws:") || key.startsWith("aws-cdk:") || key.startsWith("cdk-");
}

function read(context: Readonly<Record<string, unknown>>, key: Key): string | undefined {
  const value = context[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !EXPECTED[key].form.test(value)) {
    throw new WrongContext(`The context value "${key}" is ${JSON.stringify(value)}: expected is ${EXPECTED[key].meaning}.`);
  }
  return value;
}
