import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CreatedApiKey, Scope } from "@trading-journal/sdk";
import { apiKeysQuery, createApiKey } from "~/api/apiKeys";
import { idempotencyKey } from "~/api/client";
import { toProblem } from "~/api/problem";
import { Button } from "~/ui/Button";
import { Field } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Input } from "~/ui/Input";
import { ProblemNotice } from "~/ui/Notice";
import { Select } from "~/ui/Select";

const lives = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "never", label: "Until it is revoked" },
] as const;

export function NewApiKeyForm({ onCreated }: { onCreated: (key: CreatedApiKey) => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [life, setLife] = useState<(typeof lives)[number]["value"]>("90");
  const [key] = useState(idempotencyKey);
  const create = useMutation({
    mutationFn: () => createApiKey({ name: name.trim(), scope, expires_at: endOf(life) }, key),
    onSuccess: (created) => {
      onCreated(created);
      return queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
  });
  return (
    <Form
      onSubmit={() => create.mutate()}
      actions={
        <Button type="submit" variant="primary" busy={create.isPending}>
          Make key
        </Button>
      }
    >
      <Field label="Name" help="For you to tell it from others." error={toProblem(create.error).fieldErrors["name"]}>
        <Input required maxLength={100} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="It may">
        <Select
          value={scope}
          options={[
            { value: "read", label: "Read the journal" },
            { value: "write", label: "Read and change the journal" },
          ]}
          onValueChange={setScope}
        />
      </Field>
      <Field label="It is good for">
        <Select value={life} options={lives} onValueChange={setLife} />
      </Field>
      {toProblem(create.error).fieldErrors["name"] === undefined && <ProblemNotice error={create.error} />}
    </Form>
  );
}

function endOf(life: string): string | null {
  if (life === "never") return null;
  return new Date(Date.now() + Number(life) * 24 * 60 * 60 * 1000).toISOString();
}
