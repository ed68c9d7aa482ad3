// What every stack has in common: its name, its region, its zones, its tags.

import { Stack, Tags, type App } from "aws-cdk-lib";
import type { Config } from "./config.ts";

/** A stack of one environment. */
export class JournalStack extends Stack {
  readonly #zones: string[];

  constructor(app: App, readonly config: Config, part: string, description: string) {
    super(app, `TradingJournal-${config.name}-${part}`, {
      env: { region: config.region },
      description: `Trading Journal, ${config.name}: ${description}`,
      terminationProtection: config.name === "prod",
      crossRegionReferences: false,
    });
    this.#zones = [...config.zones];
    Tags.of(this).add("application", "trading-journal");
    Tags.of(this).add("environment", config.name);
  }

  /** Written down, as asking AWS for them would need an account. */
  override get availabilityZones(): string[] {
    return this.#zones;
  }

  /** The name of something whose name others must know: `trading-journal-<environment>[-<what>]`. */
  nameOf(what?: string): string {
    return nameOf(this.config, what);
  }
}

/** See [`JournalStack.nameOf`]. */
export function nameOf(config: Config, what?: string): string {
  return ["trading-journal", config.name, what].filter((part) => part !== undefined).join("-");
}
