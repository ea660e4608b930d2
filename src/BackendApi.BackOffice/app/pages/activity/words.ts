/** Of the service document, of functions of the service, and of what is not there. */
export const setInWords = (set: string | null) => set ?? "no set";

export const callerInWords = (caller: string | null) => caller ?? "without credentials";

export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`;
}
