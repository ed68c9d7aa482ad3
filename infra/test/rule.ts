// A rule: something that must be so in every environment, and the faults by which it is known to be looked at.

import type { World } from "./world.ts";

/** Something planted that a rule must catch. */
export interface Fault {
  readonly what: string;
  /** The environment that it is planted into; prod with a domain when nothing is said. */
  readonly plant: (world: World) => void;
}

/** What must be so. */
export interface Rule {
  readonly says: string;
  /** What is not so, in words; nothing when all is well. */
  readonly broken: (world: World) => string[];
  readonly faults: readonly Fault[];
}

/** A fault. */
export function fault(what: string, plant: (world: World) => void): Fault {
  return { what, plant };
}

/** `says` unless `well`. */
export function unless(well: boolean, says: string): string[] {
  return well ? [] : [says];
}

/** RULES.md. */
export function pageOf(rules: readonly Rule[]): string {
  const parts = rules.map(({ says, faults }) => [`- **${says}**`, ...faults.map(({ what }) => `  - ${what}`)].join("\n"));
  const faults = rules.reduce((sum, rule) => sum + rule.faults.length, 0);
  return `# Rules

Written by \`npm run rules\`. Each of these ${rules.length} rules holds in dev, staging, prod and prod with a domain (\`test/rules.test.ts\`), and each of the ${faults} faults below a rule,
planted into the templates of prod, is caught by it.

${parts.join("\n")}
`;
}
