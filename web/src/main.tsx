// Where everything is put together.

import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";

import { PersistQueryClientProvider } from "@tanstack/react-query-persist-client";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/queries";
import { persistOptions } from "./offline/persistedQueries";
import { registerWorker } from "./offline/registerWorker";
import { createAppRouter } from "./routes";
// Follows the system's theme from the start, on pages without a chart as well.
import "./theme/theme";
import { HintProvider } from "./ui/Hint";
import { Toaster } from "./ui/Toaster";

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

if (import.meta.env.PROD) registerWorker();

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");

const app = (
  <StrictMode>
    <PersistQueryClientProvider
      client={queryClient}
      persistOptions={persistOptions}
      // What is kept is from before, however short that is: it is shown, and asked for again.
      onSuccess={() => queryClient.invalidateQueries()}
    >
      <HintProvider>
        <RouterProvider router={router} />
        <Toaster />
      </HintProvider>
    </PersistQueryClientProvider>
  </StrictMode>
);

// As a transition React makes it in small steps: the browser is never busy for long.
startTransition(() => createRoot(container).render(app));
