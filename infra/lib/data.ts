// What keeps state: PostgreSQL, Valkey, RabbitMQ, files of users.

import { RemovalPolicy, type App } from "aws-cdk-lib";
import * as kms from "aws-cdk-lib/aws-kms";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Broker } from "./data/broker.ts";
import { Cache } from "./data/cache.ts";
import { Database } from "./data/database.ts";
import { Export } from "./data/export.ts";
import { Uploads } from "./data/uploads.ts";
import type { Service } from "./catalogue.ts";
import type { Config } from "./config.ts";
import type { Network } from "./network.ts";
import { JournalStack } from "./stack.ts";

/** The stack whose loss would hurt. */
export class Data extends JournalStack {
  readonly key: kms.Key;
  readonly database: Database;
  readonly cache: Cache;
  readonly broker: Broker;
  readonly uploads: s3.Bucket;
  readonly export: Export;

  constructor(app: App, config: Config, network: Network, services: readonly Service[]) {
    super(app, config, "Data", "databases, cache, broker, uploads");
    this.key = new kms.Key(this, "Key", {
      description: `Trading Journal, ${config.name}: what lies in databases and exports`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const databases = services.filter(({ database }) => database).map(({ name }) => name);
    this.database = new Database(this, "Database", { config, network, key: this.key, databases });
    this.cache = new Cache(this, "Cache", { config, network });
    this.broker = new Broker(this, "Broker", { config, network });
    this.export = new Export(this, "Export", { config, network, key: this.key, instance: this.database.instance });
    this.uploads = new Uploads(this, "Uploads", network.accessLogs).bucket;
  }
}
