/** The path of a program, on PATH or where its package keeps it. */
export function findProgram(program: string): string | undefined;
