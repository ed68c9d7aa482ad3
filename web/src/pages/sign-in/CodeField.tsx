import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";

/** For the code of a mail, where its link did not work. */
export function CodeField() {
  return (
    <Field label="Code from the mail">
      <Input name="token" required autoFocus autoComplete="off" autoCapitalize="off" spellCheck={false} />
    </Field>
  );
}
