// The sections of the settings, and where each is.

import { lazy, type ComponentType } from "react";
import {
  Bell,
  Database,
  History,
  KeyRound,
  MonitorSmartphone,
  Palette,
  ShieldCheck,
  Tags,
  User,
  Users,
  type LucideIcon,
} from "lucide-react";
import { AppearanceSection } from "./AppearanceSection";
import { DataSection } from "./DataSection";
import { ActivitySection } from "./ActivitySection";
import { ApiKeysSection } from "./ApiKeysSection";
import { MentorsSection } from "./MentorsSection";
import { NotificationsSection } from "./NotificationsSection";
import { ProfileSection } from "./ProfileSection";
import { SessionsSection } from "./SessionsSection";

export interface Section {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly component: ComponentType;
}

export const sections: readonly Section[] = [
  { id: "profile", label: "Profile", icon: User, component: ProfileSection },
  { id: "appearance", label: "Appearance", icon: Palette, component: AppearanceSection },
  // Passkeys and the QR code are a chunk of their own.
  { id: "security", label: "Signing in", icon: ShieldCheck, component: lazy(() => import("./SecuritySection")) },
  { id: "sessions", label: "Sessions", icon: MonitorSmartphone, component: SessionsSection },
  { id: "api-keys", label: "API keys", icon: KeyRound, component: ApiKeysSection },
  { id: "labels", label: "Playbooks and tags", icon: Tags, component: lazy(() => import("./labels/LabelsSection")) },
  { id: "mentors", label: "Mentors", icon: Users, component: MentorsSection },
  { id: "notifications", label: "Notifications", icon: Bell, component: NotificationsSection },
  { id: "activity", label: "Activity", icon: History, component: ActivitySection },
  { id: "data", label: "Your data", icon: Database, component: DataSection },
];
