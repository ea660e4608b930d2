import type { Navigation } from "../../../api/model";

/** How many entities a navigation leads to. */
export function manyOf({ isCollection, isNullable }: Navigation): string {
  return isCollection ? "*" : isNullable ? "0..1" : "1";
}
