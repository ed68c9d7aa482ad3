import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { Field } from "~/ui/Field";
import { Page } from "~/ui/Page";
import { Select } from "~/ui/Select";
import { SkeletonRows } from "~/ui/Skeleton";
import { sections } from "./sections";
import styles from "./SettingsPage.module.css";

const route = getRouteApi("/app/settings/{-$section}");

export function SettingsPage() {
  const { section: id } = route.useParams();
  const navigate = useNavigate();
  const section = sections.find((candidate) => candidate.id === id) ?? sections[0];
  if (!section) return null;
  const Section = section.component;
  return (
    <Page title="Settings">
      <div className={styles.layout}>
        <nav aria-label="Settings" className={styles.nav}>
          {sections.map(({ id, label, icon: Icon }) => (
            <Link
              key={id}
              to="/settings/{-$section}"
              params={{ section: id }}
              className={styles.link}
              aria-current={id === section.id ? "page" : undefined}
            >
              <Icon aria-hidden />
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.choice}>
          <Field label="Section">
            <Select
              value={section.id}
              options={sections.map(({ id, label }) => ({ value: id, label }))}
              onValueChange={(next) => void navigate({ to: "/settings/{-$section}", params: { section: next } })}
            />
          </Field>
        </div>
        <div className={styles.content}>
          <Suspense fallback={<SkeletonRows rows={4} height={24} />}>
            <Section />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
