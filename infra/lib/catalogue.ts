// The services: what each needs and whom it calls. A sixth is one more entry.

/** How others talk to a service. */
export type Protocol = "grpc" | "http";

/** What a service is. */
export interface Service {
  /** Also the name of its image, its database and its roles. */
  readonly name: string;
  readonly protocol: Protocol;
  /** Services that it calls, which must be there first. */
  readonly calls: readonly string[];
  readonly database: boolean;
  /** Whether it can read at the read replica of its database, where there is one. */
  readonly readsReplica: boolean;
  readonly cache: boolean;
  /** The queues that it consumes; none and no broker without events. */
  readonly queues: readonly string[];
  readonly broker: boolean;
  /** Whether files of users are kept by it. */
  readonly uploads: boolean;
  /** Whether answers of it go on for as long as somebody listens. */
  readonly streams: boolean;
  /** Secrets of it alone, which an operator puts into Secrets Manager: the variable's name and what prints one. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Settings besides those that every service with the same needs has. */
  readonly variables: Readonly<Record<string, Setting>>;
  /** Commands of its program that are run now and then, each by one more entry. */
  readonly scheduled: readonly Scheduled[];
}

/** A command that a schedule runs. */
export interface Scheduled {
  readonly command: string;
  /** What it does, in words. */
  readonly says: string;
  /** When, in UTC. */
  readonly at: { readonly weekDay?: string; readonly day?: string; readonly hour: string; readonly minute: string };
}

/** A setting's value; what only the finished environment knows is a word of it. */
export type Setting = string | Known;

/** Words for what is known when the stacks are made. */
export type Known = { readonly known: "publicUrl" | "publicHost" | "mailFrom" | "verifiesMail" | "trustedProxies" | "instances" };

const known = (word: Known["known"]): Known => ({ known: word });

type Told = Pick<Service, "name"> & Partial<Service>;

/** A service that speaks gRPC, and has what it is told to have. */
export function service(told: Told): Service {
  return {
    protocol: "grpc",
    calls: [],
    database: false,
    readsReplica: false,
    cache: false,
    queues: [],
    broker: (told.queues ?? []).length > 0,
    uploads: false,
    streams: false,
    secrets: {},
    variables: {},
    scheduled: [],
    ...told,
  };
}

/** All of them, servers before their clients. */
export const SERVICES: readonly Service[] = [
  service({
    name: "auth",
    database: true,
    queues: ["auth.export-account"],
    secrets: { PASSWORD_PEPPER: "auth generate-pepper", VAULT_KEY: "auth generate-vault-key" },
    variables: {
      // Password hashes in huge pages take less than two thirds of the time (docs/decisions/0051).
      GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
      PUBLIC_URL: known("publicUrl"),
      PASSKEY_DOMAIN: known("publicHost"),
      PASSKEY_ORIGINS: known("publicUrl"),
      REQUIRE_VERIFIED_EMAIL: known("verifiesMail"),
    },
  }),
  service({
    name: "trades",
    calls: ["auth"],
    database: true,
    uploads: true,
    streams: true,
    queues: ["trades.run-import", "trades.write-export", "trades.keep-export-part", "trades.forget-user"],
  }),
  service({
    name: "analytics",
    calls: ["auth", "trades"],
    database: true,
    readsReplica: true,
    queues: [
      "analytics.update-statistics",
      "analytics.keep-journal",
      "analytics.keep-account",
      "analytics.keep-cash",
      "analytics.drop-account",
      "analytics.forget-user",
    ],
  }),
  service({
    name: "notifications",
    calls: ["auth"],
    database: true,
    cache: true,
    streams: true,
    queues: [
      "notifications.announce-finished-export",
      "notifications.announce-finished-import",
      "notifications.announce-import-progress",
      "notifications.announce-revoked-session",
      "notifications.announce-statistics",
      "notifications.announce-trades",
      "notifications.export-inbox",
      "notifications.follow-user",
      "notifications.forget-user",
      "notifications.keep-recipient",
      "notifications.queue-account-mail",
    ],
    variables: { PUBLIC_URL: known("publicUrl"), MAIL_FROM: known("mailFrom") },
    scheduled: [
      {
        command: "digest",
        says: "Mails what came into the inbox to whoever asked for it, once a week",
        at: { weekDay: "MON", hour: "7", minute: "0" },
      },
    ],
  }),
  service({
    name: "gateway",
    protocol: "http",
    calls: ["auth", "trades", "analytics", "notifications"],
    cache: true,
    secrets: { CURSOR_KEYS: "gateway generate-cursor-key" },
    variables: {
      WEB_DIR: "/app/web",
      TRUSTED_PROXIES: known("trustedProxies"),
      GATEWAY_INSTANCES: known("instances"),
    },
  }),
];

/** Whether a service shows others who it is. */
export function callsOthers(service: Service): boolean {
  return service.calls.length > 0;
}

/** The one-off task that makes databases and roles. */
export const DATABASE_SETUP = "database-setup";

/** The one-off task that migrates a service's database. */
export function migrationOf({ name }: Pick<Service, "name">): string {
  return `${name}-migrate`;
}

/** Every one-off task that a deploy runs. */
export function oneOffTasks(services: readonly Service[]): string[] {
  return [...services.filter(({ database }) => database).map(migrationOf), DATABASE_SETUP];
}
