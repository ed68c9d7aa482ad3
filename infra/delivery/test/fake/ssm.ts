// The part of Systems Manager's interface that a delivery uses.

import { Refusal, type Body } from "./protocol.ts";
import type { State } from "./state.ts";

export const ssm: Readonly<Record<string, (state: State, body: Body) => unknown>> = {
  GetParameter(state, body) {
    const name = String(body.Name);
    const value = state.parameters.get(name);
    if (value === undefined) throw new Refusal("ParameterNotFound", `${name} is not there`);
    return { Parameter: { Name: name, Value: value, Version: 1 } };
  },

  PutParameter(state, body) {
    const name = String(body.Name);
    if (state.parameters.has(name) && body.Overwrite !== true) throw new Refusal("ParameterAlreadyExists", `${name} is there`);
    state.parameters.set(name, String(body.Value));
    return { Version: 1 };
  },

  DeleteParameter(state, body) {
    if (!state.parameters.delete(String(body.Name))) throw new Refusal("ParameterNotFound", "it is not there");
    return {};
  },
};
