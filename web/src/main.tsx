// Where everything is put together.

import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/queries";
import { createAppRouter } from "./routes";
import { HintProvider } from "./ui/Hint";
import { Toaster } from "./ui/Toaster";

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <HintProvider>
        <RouterProvider router={router} />
        <Toaster />
      </HintProvider>
    </QueryClientProvider>
  </StrictMode>,
);
