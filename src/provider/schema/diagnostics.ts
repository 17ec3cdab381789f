/** What a user reads after a command: errors and warnings that point to the place in their configuration. */
import { messageOf } from "../../platform/errors";
import type { AttributePath } from "../wire/attribute-path";

export type Severity = "error" | "warning";

export interface Diagnostic {
  readonly severity: Severity;
  /** A title: lower case, no final stop. */
  readonly summary: string;
  /** More, and the way out. */
  readonly detail?: string;
  readonly path?: AttributePath;
}

export interface DiagnosticOptions {
  readonly detail?: string;
  readonly path?: AttributePath;
}

/** Collects, so that one run shows all problems. */
export class Diagnostics {
  private readonly collected: Diagnostic[] = [];

  get all(): readonly Diagnostic[] {
    return this.collected;
  }

  get hasErrors(): boolean {
    return this.collected.some(({ severity }) => severity === "error");
  }

  error(summary: string, options: DiagnosticOptions = {}): void {
    this.collected.push({ severity: "error", summary, ...options });
  }

  warning(summary: string, options: DiagnosticOptions = {}): void {
    this.collected.push({ severity: "warning", summary, ...options });
  }

  /** Anything thrown, as an error: message, then hint and code where it is an AppError. */
  thrown(error: unknown, path?: AttributePath): void {
    const { hint, code } = appErrorParts(error);
    const detail = [hint, code === undefined ? undefined : `code: ${code}`].filter((line) => line !== undefined);
    this.error(messageOf(error), {
      ...(detail.length > 0 && { detail: detail.join("\n") }),
      ...(path !== undefined && { path }),
    });
  }
}

/**
 * By shape and not by class: the operations come from another bundle than this file and bring an AppError class of
 * their own.
 */
function appErrorParts(error: unknown): { readonly hint?: string; readonly code?: string } {
  if (!(error instanceof Error) || error.name !== "AppError") return {};
  const { hint, code } = error as { hint?: unknown; code?: unknown };
  return {
    ...(typeof hint === "string" && { hint }),
    ...(typeof code === "string" && { code }),
  };
}
