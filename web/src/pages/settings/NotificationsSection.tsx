import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { preferencesQuery, setPreferences } from "~/api/notifications";
import { isReason } from "~/api/problem";
import { Card } from "~/ui/Card";
import { QueryState } from "~/ui/QueryState";
import { Switch } from "~/ui/Switch";
import { toastProblem } from "~/ui/toasts";

export function NotificationsSection() {
  const queryClient = useQueryClient();
  const preferences = useQuery(preferencesQuery);
  const change = useMutation({
    mutationFn: (email_import_finished: boolean) =>
      setPreferences({ email_import_finished }, preferences.data?.etag ?? null),
    onSuccess: (next) => queryClient.setQueryData(preferencesQuery.queryKey, next),
    onError: (error) => {
      toastProblem(error);
      // Changed elsewhere: what is there is shown, to be changed again.
      if (isReason(error, "precondition-failed")) void preferences.refetch();
    },
  });
  return (
    <Card title="By mail" description="Mails about the safety of your account are always sent.">
      <QueryState query={preferences}>
        {({ data }) => (
          <Switch
            label="When an import finished or failed"
            checked={change.isPending ? change.variables : data.email_import_finished}
            onCheckedChange={(checked) => change.mutate(checked)}
          />
        )}
      </QueryState>
    </Card>
  );
}
