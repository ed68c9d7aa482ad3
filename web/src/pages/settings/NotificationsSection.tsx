import { useQuery } from "@tanstack/react-query";
import { preferencesQuery } from "~/api/notifications";
import { Card } from "~/ui/Card";
import { QueryState } from "~/ui/QueryState";
import { MailSwitch } from "./MailSwitch";
import styles from "./NotificationsSection.module.css";

export function NotificationsSection() {
  const preferences = useQuery(preferencesQuery);
  return (
    <Card title="By mail" description="Mails about the safety of your account are always sent.">
      <QueryState query={preferences}>
        {({ data }) => (
          <div className={styles.switches}>
            <MailSwitch preference="email_import_finished" label="When an import finished or failed" checked={data.email_import_finished} />
            <MailSwitch preference="email_digest" label="Once a week: what came into your inbox" checked={data.email_digest} />
          </div>
        )}
      </QueryState>
    </Card>
  );
}
