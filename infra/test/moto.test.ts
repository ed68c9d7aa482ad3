// Templates on their way to moto: a reference that leads nowhere is found.

import { describe, expect, test } from "vitest";
import { LeadsNowhere, adapted } from "../moto/adapted.ts";
import { world } from "./world.ts";

describe("a template for moto", () => {
  test.each(["Network", "Data", "Edge", "Services"])("of %s has all that is referred to", (stack) => {
    expect(Object.keys(adapted(world("prod").stacks[stack]).Resources).length).toBeGreaterThan(0);
  });

  test.each([
    ["Ref", { Ref: "Nobody" }],
    ["GetAtt", { "Fn::GetAtt": ["Nobody", "Arn"] }],
    ["Ref within Join", { "Fn::Join": ["", ["a", { Ref: "Nobody" }]] }],
  ])("is refused when a %s leads nowhere, also from what moto does not make", (_, value) => {
    const template = structuredClone(world("prod").stacks["Monitoring"]!);
    Object.values(template.Resources).find(({ Type }) => Type === "AWS::CloudWatch::Alarm")!.Properties.AlarmActions = [value];
    expect(() => adapted(template)).toThrow(LeadsNowhere);
  });

  test("is refused when something waits for what is not there", () => {
    const template = structuredClone(world("prod").stacks["Services"]!);
    Object.values(template.Resources)[0]!.DependsOn = ["Nobody"];
    expect(() => adapted(template)).toThrow(LeadsNowhere);
  });
});
