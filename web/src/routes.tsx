// Every page and where it is. Pages are chunks of their own, loaded when they are opened.

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { session } from "./api/session";
import { elsewhereOf, type Elsewhere } from "./credentials/elsewhere";
import { takeMailedToken } from "./pages/sign-in/mailedToken";
import { keepScope } from "./search/keepScope";
import { readSearch, writeSearch } from "./search/url";
import { meetUser, requireUser } from "./shell/requireUser";
import { AppShell } from "./shell/AppShell";
import { NotFound, PageError, PagePending } from "./shell/PageStates";

export interface RouterContext {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

/** What is for whoever is signed in: with the sidebar around it. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: requireUser,
  component: AppShell,
  search: { middlewares: [keepScope] },
});

const dashboard = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazy(() => import("./pages/dashboard/DashboardPage"), "DashboardPage"),
});

const trades = createRoute({
  getParentRoute: () => app,
  path: "/trades",
  component: lazy(() => import("./pages/trades/TradesPage"), "TradesPage"),
});

const trade = createRoute({
  getParentRoute: () => app,
  path: "/trade/$id",
  component: lazy(() => import("./pages/trade/TradePage"), "TradePage"),
});

const imports = createRoute({
  getParentRoute: () => app,
  path: "/imports",
  component: lazy(() => import("./pages/imports/ImportsPage"), "ImportsPage"),
});

const importOne = createRoute({
  getParentRoute: () => app,
  path: "/import/$id",
  component: lazy(() => import("./pages/imports/ImportPage"), "ImportPage"),
});

const journal = createRoute({
  getParentRoute: () => app,
  path: "/journal/{-$date}",
  component: lazy(() => import("./pages/journal/JournalPage"), "JournalPage"),
});

const analytics = createRoute({
  getParentRoute: () => app,
  path: "/analytics",
  component: lazy(() => import("./pages/analytics/AnalyticsPage"), "AnalyticsPage"),
});

const accounts = createRoute({
  getParentRoute: () => app,
  path: "/accounts",
  component: lazy(() => import("./pages/accounts/AccountsPage"), "AccountsPage"),
});

const inbox = createRoute({
  getParentRoute: () => app,
  path: "/inbox",
  component: lazy(() => import("./pages/inbox/InboxPage"), "InboxPage"),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings/{-$section}",
  component: lazy(() => import("./pages/settings/SettingsPage"), "SettingsPage"),
});

/** Where mails about API keys lead. */
const apiKeys = createRoute({
  getParentRoute: () => root,
  path: "/api-keys",
  beforeLoad: () => {
    throw redirect({ to: "/settings/{-$section}", params: { section: "api-keys" } });
  },
});

/** What is for whoever is not signed in, and where mails lead. */
const welcome = createRoute({
  getParentRoute: () => root,
  id: "welcome",
  component: lazy(() => import("./pages/sign-in/WelcomeLayout"), "WelcomeLayout"),
});

const signIn = createRoute({
  getParentRoute: () => welcome,
  path: "/sign-in",
  validateSearch: (search): { return_to?: string; again?: "true" } & Elsewhere => ({
    ...(typeof search["return_to"] === "string" ? { return_to: search["return_to"] } : {}),
    ...(search["again"] === "true" ? { again: "true" } : {}),
    ...elsewhereOf(search),
  }),
  beforeLoad: async ({ context: { queryClient }, search: { again, problem, provider } }) => {
    if (again !== undefined) await meetUser(queryClient);
    // Who is signed in was about to connect an account elsewhere.
    if (problem === undefined || session.state !== "signed-in") return;
    // The settings read it as plain text.
    const told = { problem, provider } as never;
    throw redirect({ to: "/settings/{-$section}", params: { section: "security" }, search: told });
  },
  component: lazy(() => import("./pages/sign-in/SignInPage"), "SignInPage"),
});

const register = createRoute({
  getParentRoute: () => welcome,
  path: "/register",
  component: lazy(() => import("./pages/sign-in/RegisterPage"), "RegisterPage"),
});

const forgotPassword = createRoute({
  getParentRoute: () => welcome,
  path: "/forgot-password",
  component: lazy(() => import("./pages/sign-in/ForgotPasswordPage"), "ForgotPasswordPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => welcome,
  path: "/reset-password",
  component: lazy(() => import("./pages/sign-in/ResetPasswordPage"), "ResetPasswordPage"),
});

const verifyEmail = createRoute({
  getParentRoute: () => welcome,
  path: "/verify-email",
  component: lazy(() => import("./pages/sign-in/VerifyEmailPage"), "VerifyEmailPage"),
});

const keepAccount = createRoute({
  getParentRoute: () => welcome,
  path: "/keep-account",
  component: lazy(() => import("./pages/sign-in/KeepAccountPage"), "KeepAccountPage"),
});

const acceptInvitation = createRoute({
  getParentRoute: () => welcome,
  path: "/accept-invitation",
  beforeLoad: (entry) => {
    takeMailedToken();
    return requireUser(entry);
  },
  component: lazy(() => import("./pages/sign-in/AcceptInvitationPage"), "AcceptInvitationPage"),
});

const routeTree = root.addChildren([
  app.addChildren([dashboard, trades, trade, imports, importOne, journal, analytics, accounts, inbox, settings]),
  welcome.addChildren([
    signIn,
    register,
    forgotPassword,
    resetPassword,
    verifyEmail,
    keepAccount,
    acceptInvitation,
  ]),
  apiKeys,
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    // As plain text: `?symbol=1810` is a symbol, not a number.
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    // The chunk of a page is fetched when its link is pointed at.
    defaultPreload: "intent",
    // What is cached is the query client's.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageError,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
