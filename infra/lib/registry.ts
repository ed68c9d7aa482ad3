// The images: one repository for each service.

import { Duration, RemovalPolicy, type App } from "aws-cdk-lib";
import * as ecr from "aws-cdk-lib/aws-ecr";
import * as iam from "aws-cdk-lib/aws-iam";
import type { Service } from "./catalogue.ts";
import type { Config } from "./config.ts";
import { JournalStack } from "./stack.ts";

/** How many images are kept to go back to. */
export const IMAGES_KEPT = 10;

/** The repositories. An environment has an account of its own, so they are named without it. */
export class Registry extends JournalStack {
  readonly #repositories = new Map<string, ecr.Repository>();

  constructor(app: App, config: Config, services: readonly Service[]) {
    super(app, config, "Registry", "container images");
    for (const { name } of services) {
      this.#repositories.set(name, this.#made(name));
    }
  }

  repository(service: string): ecr.Repository {
    const repository = this.#repositories.get(service);
    if (repository === undefined) throw new Error(`there is no repository for ${service}`);
    return repository;
  }

  #made(name: string): ecr.Repository {
    const repository = new ecr.Repository(this, name, {
      repositoryName: `trading-journal/${name}`,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { rulePriority: 1, description: "untagged", tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7) },
        { rulePriority: 2, description: "older than the last ten", tagStatus: ecr.TagStatus.ANY, maxImageCount: IMAGES_KEPT },
      ],
    });
    const { promotesTo } = this.config;
    if (promotesTo !== undefined) {
      repository.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.AccountPrincipal(promotesTo)],
          actions: ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"],
        }),
      );
    }
    return repository;
  }
}
