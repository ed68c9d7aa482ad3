// What things are called in AWS. Only names that infra/lib gives on purpose; everything else is read from outputs of stacks.

import { SERVICES as CATALOGUE } from "../../lib/catalogue.ts";

/** Environments, in the order in which a release goes through them. */
export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** All services. */
export const SERVICES: readonly string[] = CATALOGUE.map(({ name }) => name);
/** Those that have a database. */
export const DATABASES: readonly string[] = CATALOGUE.filter(({ database }) => database).map(({ name }) => name);

/** A part of the stacks whose outputs are read. */
export type Part = "Services" | "Edge";

/** The container of a task that runs our image. */
export const CONTAINER = "service";

export function stackOf(environment: Environment, part: Part): string {
  return `TradingJournal-${environment}-${part}`;
}

/** Beginning of the names of all stacks of an environment. */
export function stacksOf(environment: Environment): string {
  return `TradingJournal-${environment}-`;
}

export function clusterOf(environment: Environment): string {
  return `trading-journal-${environment}`;
}

export function repositoryOf(service: string): string {
  return `trading-journal/${service}`;
}

/** The family of the one-off task that migrates a service's database. */
export function migrationOf(environment: Environment, service: string): string {
  return `trading-journal-${environment}-${service}-migrate`;
}

/** The family of the one-off task that makes databases and roles. */
export function databaseSetupOf(environment: Environment): string {
  return `trading-journal-${environment}-database-setup`;
}

/** The parameter that says which releases were good. */
export function releaseParameterOf(environment: Environment): string {
  return `/trading-journal/${environment}/delivery/release`;
}

/** The parameter that is there while somebody delivers. */
export function lockParameterOf(environment: Environment): string {
  return `/trading-journal/${environment}/delivery/lock`;
}
