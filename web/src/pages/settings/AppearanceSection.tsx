import { Monitor, Moon, Sun } from "lucide-react";
import { formatAmount, formatInstant, localZone } from "~/format/index.ts";
import { chooseTheme, useThemeChoice } from "~/theme/theme";
import { Card } from "~/ui/Card";
import { SegmentedControl } from "~/ui/SegmentedControl";

const EXAMPLE = "2026-07-31T13:30:00Z";

export function AppearanceSection() {
  const theme = useThemeChoice();
  return (
    <>
      <Card title="Theme" description="On this device.">
        <SegmentedControl
          label="Theme"
          value={theme}
          onValueChange={chooseTheme}
          options={[
            { value: "system", label: <><Monitor aria-hidden /> System</> },
            { value: "light", label: <><Sun aria-hidden /> Light</> },
            { value: "dark", label: <><Moon aria-hidden /> Dark</> },
          ]}
        />
      </Card>
      <Card title="Numbers and times">
        <p>
          Numbers and dates are written as your browser does ({navigator.language}): {formatAmount("-12345.67", "USD")},{" "}
          {formatInstant(EXAMPLE, localZone())}. Times of trades are on the clock of their account, with its zone beside them.
        </p>
      </Card>
    </>
  );
}
