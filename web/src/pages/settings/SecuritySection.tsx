import { ConnectedNotice } from "./ConnectedNotice";
import { IdentitiesCard } from "./IdentitiesCard";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { TotpCard } from "./TotpCard";

export default function SecuritySection() {
  return (
    <>
      <ConnectedNotice />
      <PasskeysCard />
      <TotpCard />
      <PasswordCard />
      <IdentitiesCard />
    </>
  );
}
