import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Preferences } from "@trading-journal/sdk";
import { preferencesQuery, setPreferences } from "~/api/notifications";
import { isReason } from "~/api/problem";
import { Switch } from "~/ui/Switch";
import { toastProblem } from "~/ui/toasts";

interface MailSwitchProps {
  preference: keyof Preferences;
  label: string;
  checked: boolean;
}

/** One preference: whether something is sent by mail. */
export function MailSwitch({ preference, label, checked }: MailSwitchProps) {
  const queryClient = useQueryClient();
  const change = useMutation({
    // One after the other: each is a change to what the one before left.
    scope: { id: "preferences" },
    mutationFn: async (wanted: boolean) => {
      const { data, etag } = await queryClient.query({ ...preferencesQuery, staleTime: "static" });
      return setPreferences({ ...data, [preference]: wanted }, etag);
    },
    onSuccess: (next) => queryClient.setQueryData(preferencesQuery.queryKey, next),
    onError: (error) => {
      toastProblem(error);
      // Changed elsewhere: what is there is shown, to be changed again.
      if (isReason(error, "precondition-failed")) void queryClient.refetchQueries({ queryKey: preferencesQuery.queryKey });
    },
  });
  return <Switch label={label} checked={change.isPending ? change.variables : checked} onCheckedChange={(next) => change.mutate(next)} />;
}
