// The whole of an environment: its stacks, each after those it builds upon.

import { Annotations, type App, type Stack } from "aws-cdk-lib";
import { SERVICES, type Service } from "./catalogue.ts";
import { UNRELEASED, type Config } from "./config.ts";
import { Data } from "./data.ts";
import { Delivery } from "./delivery.ts";
import { Edge } from "./edge.ts";
import { Monitoring } from "./monitoring.ts";
import { acknowledge } from "./nag.ts";
import { Network } from "./network.ts";
import { Registry } from "./registry.ts";
import { Secrets } from "./secrets.ts";
import { Services } from "./services.ts";

/** Makes all stacks of an environment, in the order in which they are deployed. */
export function journal(app: App, config: Config, services: readonly Service[] = SERVICES): Stack[] {
  const registry = new Registry(app, config, services);
  const network = new Network(app, config);
  const secrets = new Secrets(app, config, services);
  const data = new Data(app, config, network, services);
  const edge = new Edge(app, config, network);
  const monitoring = new Monitoring(app, { config, data, edge, services });
  const around = { config, network, registry, secrets, data, edge };
  const running = new Services(app, around, services);
  running.addStackDependency(monitoring);
  const delivery = new Delivery(app, config, services, edge.web);
  if (config.imageTag === UNRELEASED) {
    Annotations.of(running).addWarningV2("journal:unreleased", "No -c imageTag=<commit>: these templates name images that do not exist.");
  }
  if (config.mail && config.domain === undefined) {
    Annotations.of(running).addWarningV2("journal:no-domain", "No -c domain=<name>: no mail leaves, and addresses of users are not verified.");
  }
  const stacks = [registry, network, secrets, data, edge, monitoring, running, delivery];
  acknowledge(config, stacks);
  return stacks;
}
