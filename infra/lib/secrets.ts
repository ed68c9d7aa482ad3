// Secrets that people put there: keys with a form of their own, which Secrets Manager cannot make up.

import { RemovalPolicy, type App } from "aws-cdk-lib";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { callsOthers, type Service } from "./catalogue.ts";
import { sendsMail, type Config } from "./config.ts";
import { JournalStack, nameOf } from "./stack.ts";

/** The secrets. They are empty until somebody fills them: a service that finds none says so and does not start. */
export class Secrets extends JournalStack {
  readonly #of = new Map<string, ReadonlyMap<string, string>>();

  constructor(app: App, config: Config, services: readonly Service[]) {
    super(app, config, "Secrets", "keys that operators fill in");
    const serviceKeys = this.#empty("service-keys", "The public keys of all services that call others");
    const providers = config.providers ? this.#empty("oidc-providers", "Where people may sign in instead, a JSON array") : undefined;
    const smtp = sendsMail(config) ? this.#empty("smtp-url", "Which server takes mail, smtps://user:password@host:port") : undefined;
    for (const service of services) {
      const secrets = new Map<string, string>();
      for (const [name, command] of Object.entries(service.secrets)) {
        secrets.set(name, this.#empty(`${service.name}/${kebab(name)}`, `What "${command}" prints`));
      }
      if (callsOthers(service)) {
        secrets.set("SERVICE_KEY", this.#empty(`${service.name}/service-key`, `What "auth generate-service-key ${service.name}" prints`));
      }
      if (service.protocol === "grpc") secrets.set("SERVICE_KEYS", serviceKeys);
      if (service.name === "auth" && providers !== undefined) secrets.set("OIDC_PROVIDERS", providers);
      if (service.name === "notifications" && smtp !== undefined) secrets.set("SMTP_URL", smtp);
      this.#of.set(service.name, secrets);
    }
  }

  /** The ARNs of a service's secrets, by the setting that is given so. */
  of(service: Service): ReadonlyMap<string, string> {
    return this.#of.get(service.name) ?? new Map<string, string>();
  }

  /** A generated value would look like a key and be none. */
  #empty(name: string, description: string): string {
    const secret = new secretsmanager.CfnSecret(this, name.replaceAll("/", "-"), {
      name: `${nameOf(this.config)}/${name}`,
      description,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return secret.ref;
  }
}

function kebab(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
