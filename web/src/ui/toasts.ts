// What was just done, said in passing. A store of its own, so that anything can say something.

import { useSyncExternalStore } from "react";
import { toProblem } from "../api/problem";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "neutral" | "loss";
  readonly action?: { readonly label: string; readonly run: () => void };
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says that something was done; with `action`, such as "Undo", it can be taken back. */
export function toast(text: string, action?: Toast["action"]): void {
  add({ id: ++lastId, text, tone: "neutral", ...(action ? { action } : {}) });
}

/** Says that something failed, where there is no better place to. */
export function toastProblem(error: unknown, action?: Toast["action"]): void {
  const { problem } = toProblem(error);
  const text = problem.detail == null ? problem.title : `${problem.title}: ${problem.detail}`;
  add({ id: ++lastId, text, tone: "loss", ...(action ? { action } : {}) });
}

export function dismissToast(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
  for (const listener of listeners) listener();
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts);
}

function add(toast: Toast): void {
  // More than three at once are not read by anybody.
  toasts = [...toasts.slice(-2), toast];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
