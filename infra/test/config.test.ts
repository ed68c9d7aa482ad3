// What the command line may say, and what it is told when it says something else.

import { describe, expect, test } from "vitest";
import { ENVIRONMENTS, UNRELEASED, WrongContext, configFrom } from "../lib/config.ts";
import { context } from "./world.ts";

const refused = (values: Record<string, unknown>): string => {
  try {
    configFrom(values);
  } catch (error) {
    if (error instanceof WrongContext) return error.message;
    throw error;
  }
  return "";
};

describe("a context", () => {
  test.each(ENVIRONMENTS)("names its environment: %s", (env) => {
    expect(configFrom({ ...context, env })).toMatchObject({ name: env, imageTag: UNRELEASED });
  });

  test("may name everything that is known outside of the repository alone", () => {
    const told = { env: "prod", imageTag: "0123abc", domain: "journal.example.com", hostedZone: "Z0123456789", alarmEmail: "a@example.com", repository: "owner/name", promotesTo: "123456789012" };
    expect(configFrom(told)).toMatchObject({ imageTag: "0123abc", domain: { name: "journal.example.com", hostedZone: "Z0123456789" }, alarmEmail: "a@example.com" });
  });

  test.each([
    [{}, 'The context value "env" is missing: give -c env=<name>, one of dev, staging, prod.'],
    [{ env: "production" }, 'The context value "env" is "production": expected is one of dev, staging, prod.'],
    [{ env: "" }, 'The context value "env" is "": expected is one of dev, staging, prod.'],
    [{ env: 1 }, 'The context value "env" is 1: expected is one of dev, staging, prod.'],
    [{ env: "dev", imageTag: "latest" }, 'The context value "imageTag" is "latest": expected is the commit that the images were built from, 7 to 40 hexadecimal digits.'],
    [{ env: "dev", imagetag: "0123abc" }, 'The context value "imagetag" is unknown: expected are env, imageTag, domain, hostedZone, alarmEmail, repository, promotesTo, asleep.'],
    [{ env: "dev", domain: "https://journal.example.com", hostedZone: "Z0123456789" }, 'The context value "domain" is "https://journal.example.com": expected is a domain in small letters such as journal.example.com.'],
    [{ env: "dev", domain: "journal.example.com" }, `The context value "domain" needs "hostedZone" beside it: the id of the domain's Route 53 zone, such as Z0123456789ABCDEFGHIJ.`],
    [{ env: "dev", hostedZone: "Z0123456789" }, 'The context value "hostedZone" needs "domain" beside it: a domain in small letters such as journal.example.com.'],
    [{ env: "dev", domain: "journal.example.com", hostedZone: "zone" }, `The context value "hostedZone" is "zone": expected is the id of the domain's Route 53 zone, such as Z0123456789ABCDEFGHIJ.`],
    [{ env: "dev", alarmEmail: "somebody" }, 'The context value "alarmEmail" is "somebody": expected is an e-mail address.'],
    [{ env: "dev", repository: "journal" }, 'The context value "repository" is "journal": expected is a GitHub repository such as owner/name.'],
    [{ env: "dev", asleep: "yes" }, 'The context value "asleep" is "yes": expected is true for services without tasks, or false.'],
    [{ env: "dev", promotesTo: "1234" }, 'The context value "promotesTo" is "1234": expected is the account that images are promoted to, 12 digits.'],
  ])("%j is refused", (values, message) => {
    expect(refused(values)).toBe(message);
  });
});
