export function suitesToRunAgain(report: string): string[];
