/** The path of a program, on PATH or where its package keeps it. */
export function findProgram(program: string): string | undefined;
/** The path, or undefined if nothing is there. */
export function findFile(path: string): string | undefined;
