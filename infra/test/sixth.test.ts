// A sixth service costs one call.

import { beforeAll, describe, expect, test } from "vitest";
import { SERVICES, service } from "../lib/catalogue.ts";
import { RULES } from "./rules.ts";
import { sources } from "./rules/sources.ts";
import { all, makeWorld, only, serviceOf, taskOf, variablesOf, containerOf, type World } from "./world.ts";

describe("a sixth service, made by one call", () => {
  let six: World;

  beforeAll(() => {
    const reports = service({ name: "reports", calls: ["auth", "trades"], database: true, queues: ["reports.follow-trades"] });
    six = makeWorld({ env: "prod" }, [...SERVICES, reports]);
  });

  test("has its image, logins, key, task, migration, service, numbers, alarms and dashboard", () => {
    const names = (type: string, property: string): string[] => all(six, type).map(({ has }) => String(has[property]));
    expect(names("AWS::ECR::Repository", "RepositoryName")).toContain("trading-journal/reports");
    expect(names("AWS::SecretsManager::Secret", "Name")).toEqual(
      expect.arrayContaining(["owner-login", "app-login", "service-key"].map((secret) => `trading-journal-prod/reports/${secret}`)),
    );
    expect([...variablesOf(containerOf(taskOf(six, "reports"), "service")).keys()]).toEqual(
      expect.arrayContaining(["DATABASE_URL", "DATABASE_LOGIN_ARN", "AMQP_URL_ARN", "AUTH_URL", "TRADES_URL", "SERVICE_KEY_ARN", "SERVICE_KEYS_ARN"]),
    );
    expect(taskOf(six, "reports-migrate").has.Family).toBe("trading-journal-prod-reports-migrate");
    expect(serviceOf(six, "reports").is.DependsOn).toEqual(expect.arrayContaining([serviceOf(six, "auth").id, serviceOf(six, "trades").id]));
    expect(only(six, "AWS::ApplicationAutoScaling::ScalableTarget", ({ id }) => id.startsWith("reports")).has.MaxCapacity).toBe(10);
    expect(names("AWS::CloudWatch::Alarm", "AlarmName")).toEqual(
      expect.arrayContaining(["ServiceDown", "OutboxLagging", "ConsumerLagging", "DeadLetters", "QueueStuck"].map((alarm) => `trading-journal-prod-${alarm}-reports`)),
    );
    expect(names("AWS::CloudWatch::Dashboard", "DashboardName")).toContain("trading-journal-prod-reports");
  });

  // There is no such program, so what is read from sources is left out.
  test.each(RULES.filter((rule) => !sources.includes(rule)))("keeps the rule: $says", (rule) => {
    expect(rule.broken(six)).toEqual([]);
  });

  test("cannot call what is not there before it", () => {
    const early = service({ name: "early", calls: ["reports"] });
    expect(() => makeWorld({ env: "dev" }, [...SERVICES, early])).toThrow("early calls reports, which is not there yet");
  });
});
