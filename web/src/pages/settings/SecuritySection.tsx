import { IdentitiesCard } from "./IdentitiesCard";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { TotpCard } from "./TotpCard";

export default function SecuritySection() {
  return (
    <>
      <PasskeysCard />
      <TotpCard />
      <PasswordCard />
      <IdentitiesCard />
    </>
  );
}
