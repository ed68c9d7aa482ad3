import { createContext, use, useId, type ReactNode } from "react";
import { cx } from "./cx";
import { sentence } from "./sentence";
import styles from "./Field.module.css";

/** What a control needs to belong to its label, its help and its error. */
interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  /** Behind the label, such as "optional" or a link. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Field({ label, help, error, aside, className, children }: FieldProps) {
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== false && error !== "";
  const describedBy = cx(hasError && `${id}-error`, help !== undefined && `${id}-help`) || undefined;
  return (
    <div className={cx(styles.field, className)}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      <FieldContext value={{ id, describedBy, invalid: hasError }}>{children}</FieldContext>
      {hasError && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          {typeof error === "string" ? sentence(error) : error}
        </p>
      )}
      {help !== undefined && (
        <div className={styles.help} id={`${id}-help`}>
          {help}
        </div>
      )}
    </div>
  );
}

/** The attributes by which a control belongs to the `Field` around it. */
export function useField(): { id?: string; "aria-describedby"?: string; "aria-invalid"?: true } {
  const field = use(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy === undefined ? {} : { "aria-describedby": field.describedBy }),
    ...(field.invalid ? { "aria-invalid": true } : {}),
  };
}
