// What the fake of AWS knows: an account with a registry, a cluster, parameters and stacks.

import { setTimeout } from "node:timers/promises";

/** How a release behaves, by its tag. Without a line here, it is fine. */
export type Behaviour = "fine" | "never stable" | "breaker" | "breaker unnoticed by cdk" | "bad at the door";

export interface TaskDefinition {
  taskDefinitionArn: string;
  family: string;
  revision: number;
  containerDefinitions: { name: string; image: string; command: string[] }[];
}

export interface Deployment {
  id: string;
  status: "PRIMARY" | "ACTIVE";
  taskDefinition: string;
  desiredCount: number;
  runningCount: number;
  rolloutState: "COMPLETED" | "IN_PROGRESS" | "FAILED";
  rolloutStateReason?: string;
}

export interface Service {
  serviceName: string;
  taskDefinition: string;
  deployments: Deployment[];
  networkConfiguration: unknown;
}

export interface Task {
  taskArn: string;
  taskDefinitionArn: string;
  lastStatus: "RUNNING" | "STOPPED";
  /** Looks at it until it stops. */
  looksLeft: number;
  exitCode: number;
  family: string;
}

export interface Image {
  digest: string;
  mediaType: string;
  manifest: string;
}

/** Images of one account: by repository, then by tag or digest. */
export type Registry = Map<string, Map<string, Image>>;

export const HERE = "111111111111";
export const BEFORE = "222222222222";
export const SERVICES = ["auth", "trades", "analytics", "notifications", "gateway"] as const;
const OLD = "aaaaaaa";

export class State {
  readonly definitions = new Map<string, TaskDefinition[]>();
  readonly services = new Map<string, Service>();
  readonly tasks: Task[] = [];
  readonly parameters = new Map<string, string>();
  readonly registries = new Map<string, Registry>([
    [HERE, new Map()],
    [BEFORE, new Map()],
  ]);
  readonly blobs = new Map<string, Set<string>>([
    [HERE, new Set()],
    [BEFORE, new Set()],
  ]);
  readonly bytes = new Map<string, Uint8Array>();
  readonly uploads = new Map<string, Uint8Array[]>();
  /** Tags that were deployed by cdk, in order. */
  readonly deployed: string[] = [];
  /** Tags that migrated, with the service. */
  readonly migrated: string[] = [];
  /** Every call, by name. */
  readonly calls: string[] = [];
  readonly behaviours = new Map<string, Behaviour>();
  /** Exit codes of migrations, by service. */
  readonly migrationExits = new Map<string, number>();
  /** Looks that a migration takes. */
  migrationLooks = 1;
  /** Refuses so many calls of a name with a throttling error. */
  readonly throttled = new Map<string, number>();
  /** Looks at stacks that still see CloudFormation at work. */
  busyLooks = 0;
  served = OLD;
  /** Objects of the bucket, by name; undefined when there is none. */
  objects: Map<string, { body: string; type: string }> | undefined = undefined;
  /** Whether the stack Services was ever created to its end. */
  created = true;

  constructor() {
    this.#create(OLD);
  }

  /** An account where nothing was ever deployed. */
  makeFresh(): void {
    this.created = false;
    this.definitions.clear();
    this.services.clear();
    this.parameters.clear();
  }

  #create(tag: string): void {
    this.register("trading-journal-dev-database-setup", "postgres:16", "psql");
    for (const service of SERVICES) {
      const definition = this.register(`trading-journal-dev-${service}`, `${HERE}.dkr.ecr/trading-journal/${service}:${tag}`, "serve");
      const awsvpcConfiguration = { subnets: ["subnet-1"], securityGroups: [`sg-${service}`] };
      this.services.set(service, {
        serviceName: service,
        taskDefinition: definition,
        deployments: [finished(definition)],
        networkConfiguration: { awsvpcConfiguration },
      });
      if (service !== "gateway") {
        this.register(`trading-journal-dev-${service}-migrate`, `${HERE}.dkr.ecr/trading-journal/${service}:${tag}`, "migrate");
      }
    }
  }

  /** What cdk does the first time: it waits for services that wait for their databases. */
  async cdkFirst(tag: string): Promise<number> {
    this.#create(tag);
    const services = [...this.services];
    this.services.clear();
    await setTimeout(50);
    for (const [name, service] of services) this.services.set(name, service);
    const end = Date.now() + 5_000;
    while (this.migrated.length < 5 && Date.now() < end && this.migrationExits.size === 0) await setTimeout(5);
    this.created = this.migrated.length === 5;
    return this.created ? this.cdk(tag) : 1;
  }

  register(family: string, image: string, command: string): string {
    const revisions = this.definitions.get(family) ?? [];
    const revision = revisions.length + 1;
    const taskDefinitionArn = `arn:aws:ecs:us-east-1:${HERE}:task-definition/${family}:${revision}`;
    const containerDefinitions = [
      { name: "collector", image: "collector:v1", command: [] },
      { name: "service", image, command: [command] },
    ];
    this.definitions.set(family, [...revisions, { taskDefinitionArn, family, revision, containerDefinitions }]);
    return taskDefinitionArn;
  }

  /** What cdk does with the services; its exit code. */
  cdk(tag: string): number {
    this.deployed.push(tag);
    const behaviour = this.behaviours.get(tag) ?? "fine";
    for (const service of this.services.values()) this.#roll(service, tag, behaviour);
    if (behaviour !== "breaker" && behaviour !== "breaker unnoticed by cdk") this.served = tag;
    return behaviour === "breaker" ? 1 : 0;
  }

  #roll(service: Service, tag: string, behaviour: Behaviour): void {
    const definition = this.register(`trading-journal-dev-${service.serviceName}`, `x/trading-journal/${service.serviceName}:${tag}`, "serve");
    const broken = behaviour.startsWith("breaker") && service.serviceName === "gateway";
    if (broken) {
      const back = { ...finished(service.taskDefinition), rolloutStateReason: "ECS deployment circuit breaker: rolling back" };
      service.deployments = [back];
      return;
    }
    service.taskDefinition = definition;
    const stuck = behaviour === "never stable" && service.serviceName === "trades";
    const made = finished(definition);
    service.deployments = [stuck ? { ...made, rolloutState: "IN_PROGRESS", runningCount: 1 } : made];
  }

  /** Puts images of a tag into an account's registry. */
  push(account: string, tag: string, services: readonly string[] = SERVICES): void {
    const registry = this.registries.get(account);
    for (const service of services) {
      const name = `trading-journal/${service}`;
      const manifest = JSON.stringify({ service, tag });
      const image = { digest: `sha256:${service}-${tag}`, mediaType: "application/vnd.oci.image.manifest.v1+json", manifest };
      const images = registry?.get(name) ?? new Map<string, Image>();
      images.set(tag, image);
      registry?.set(name, images);
    }
  }
}

function finished(taskDefinition: string): Deployment {
  return { id: "ecs-svc/1", status: "PRIMARY", taskDefinition, desiredCount: 2, runningCount: 2, rolloutState: "COMPLETED" };
}
